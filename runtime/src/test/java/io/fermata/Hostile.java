package io.fermata;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What users may hand to the runtime, all of whose methods make {@link Trouble}. */
final class Hostile {
  private Hostile() {}

  /** A value, a callback, a key, a comparable: whatever is asked of it. */
  static final class Thing
      implements Comparable<Thing>,
          Runnable,
          Consumer<Promise<Integer>>,
          Map.Entry<Object, Object> {
    private final Trouble trouble;

    Thing(Trouble trouble) {
      this.trouble = trouble;
    }

    @Override
    public String toString() {
      return trouble.in("toString", "a thing");
    }

    @Override
    public boolean equals(Object other) {
      Boolean equal = trouble.in("equals", true);
      return equal == null || equal;
    }

    @Override
    public int hashCode() {
      Integer hash = trouble.in("hashCode", 1);
      return hash == null ? 1 : hash;
    }

    @Override
    public int compareTo(Thing other) {
      Integer order = trouble.in("compareTo", 0);
      return order == null ? 0 : order;
    }

    @Override
    public void run() {
      trouble.in("run");
    }

    @Override
    public void accept(Promise<Integer> promise) {
      trouble.in("accept");
    }

    @Override
    public Object getKey() {
      return trouble.in("getKey", "key");
    }

    @Override
    public Object getValue() {
      return trouble.in("getValue", "value");
    }

    @Override
    public Object setValue(Object value) {
      throw new UnsupportedOperationException();
    }
  }

  /** A failure of a user's own class. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;
    private final String only;

    Failure(Trouble trouble) {
      this(trouble, "");
    }

    /** With trouble in one method. */
    Failure(Trouble trouble, String only) {
      super("a failure");
      this.trouble = trouble;
      this.only = only;
    }

    private <T> T in(String method, T ordinarily) {
      return trouble == null || !(only.isEmpty() || only.equals(method))
          ? ordinarily
          : trouble.in(method, ordinarily);
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return in("getStackTrace", super.getStackTrace());
    }

    @Override
    public void setStackTrace(StackTraceElement[] trace) {
      in("setStackTrace", null);
      super.setStackTrace(trace);
    }

    @Override
    public synchronized Throwable getCause() {
      return in("getCause", null);
    }

    @Override
    public String getMessage() {
      return in("getMessage", super.getMessage());
    }

    @Override
    public String toString() {
      return in("toString", super.toString());
    }

    @Override
    public void printStackTrace(PrintWriter out) {
      in("printStackTrace", null);
      super.printStackTrace(out);
    }

    @Override
    public boolean equals(Object other) {
      Boolean equal = in("equals", true);
      return equal == null || equal;
    }

    @Override
    public int hashCode() {
      Integer hash = in("hashCode", 1);
      return hash == null ? 1 : hash;
    }
  }

  /** What a stage may fail with, whose cause is asked for. */
  static final class Wrapping extends CompletionException {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    Wrapping(Trouble trouble) {
      super("wrapped");
      this.trouble = trouble;
    }

    @Override
    public synchronized Throwable getCause() {
      return trouble.in("getCause", null);
    }
  }

  /** What a stage may be cancelled with, whose message is asked for. */
  static final class Cancelling extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    Cancelling(Trouble trouble) {
      this.trouble = trouble;
    }

    @Override
    public String getMessage() {
      return trouble.in("getMessage", "cancelled");
    }
  }

  /** A collection of a user's own class, one of whose methods makes trouble. */
  static final class Elements<E> extends AbstractList<E> {
    private final Trouble trouble;
    private final String method;
    private final List<E> elements;

    Elements(Trouble trouble, String method, E element) {
      this.trouble = trouble;
      this.method = method;
      this.elements = List.of(element);
    }

    private <T> T in(String called, T ordinarily) {
      return called.equals(method) ? trouble.in(called, ordinarily) : ordinarily;
    }

    @Override
    public E get(int index) {
      return in("get", elements.get(index));
    }

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public boolean isEmpty() {
      Boolean empty = in("isEmpty", elements.isEmpty());
      return empty == null || empty;
    }

    @Override
    public Iterator<E> iterator() {
      return in("iterator", elements.iterator());
    }

    @Override
    public Object[] toArray() {
      return in("toArray", elements.toArray());
    }

    @Override
    public void forEach(Consumer<? super E> action) {
      in("forEach", null);
      elements.forEach(action);
    }
  }

  /** A map of a user's own class. */
  static Map<Object, Object> map(Trouble ofMap, Trouble ofSet, Trouble ofEntries) {
    Collection<Map.Entry<Object, Object>> one = List.of(new Thing(ofEntries));
    Set<Map.Entry<Object, Object>> entries =
        new AbstractSet<>() {
          @Override
          public Iterator<Map.Entry<Object, Object>> iterator() {
            return ofSet.in("iterator", one.iterator());
          }

          @Override
          public int size() {
            return 1;
          }
        };
    Map<Object, Object> map =
        new AbstractMap<>() {
          @Override
          public Set<Map.Entry<Object, Object>> entrySet() {
            return ofMap.in("entrySet", entries);
          }
        };
    return Collections.unmodifiableMap(map);
  }

  /** A stage of a user's own class, one of whose methods makes trouble. */
  static final class Stage extends CompletableFuture<Integer> {
    private final Trouble trouble;
    private final String method;
    private final Throwable failure;

    Stage(Trouble trouble, String method) {
      this.trouble = trouble;
      this.method = method;
      this.failure = null;
      if (!method.equals("cancel")) {
        complete(1);
      }
    }

    /** Calls with a failure as it is, which the JDK's stages would wrap. */
    Stage(Throwable failure) {
      this.trouble = new Trouble(Trouble.Kind.NULL);
      this.method = "";
      this.failure = failure;
    }

    private void in(String called) {
      if (called.equals(method)) {
        trouble.in(called);
      }
    }

    @Override
    public boolean isDone() {
      in("isDone");
      return super.isDone();
    }

    @Override
    public CompletableFuture<Integer> whenComplete(
        BiConsumer<? super Integer, ? super Throwable> action) {
      in("whenComplete");
      if (failure != null) {
        action.accept(null, failure);
        return this;
      }
      return super.whenComplete(action);
    }

    @Override
    public boolean cancel(boolean interrupt) {
      in("cancel");
      return super.cancel(interrupt);
    }
  }

  /** An executor of a user's own class, which runs what it gets at once. */
  static final class Workers extends AbstractExecutorService {
    private final Trouble onExecute;
    private final Trouble onShutdown;

    Workers(Trouble onExecute, Trouble onShutdown) {
      this.onExecute = onExecute;
      this.onShutdown = onShutdown;
    }

    @Override
    public void execute(Runnable work) {
      onExecute.in("execute");
      work.run();
    }

    @Override
    public void shutdown() {
      onShutdown.in("shutdown");
    }

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** A thread-local of a user's own class, one of whose methods makes trouble. */
  static ThreadLocal<String> threadLocal(Trouble trouble, String method) {
    return new ThreadLocal<>() {
      @Override
      public String get() {
        return method.equals("get") ? trouble.in("get", super.get()) : super.get();
      }

      @Override
      public void set(String value) {
        if (method.equals("set")) {
          trouble.in("set");
        }
        super.set(value);
      }
    };
  }

  /** How a user reads and sets a thread-local, one of which makes trouble. */
  static ThreadLocalAccessor<String> accessor(Trouble trouble, String method) {
    ThreadLocal<String> local = threadLocal(trouble, method);
    return new ThreadLocalAccessor<>() {
      @Override
      public String get() {
        return local.get();
      }

      @Override
      public void set(String value) {
        local.set(value);
      }
    };
  }

  /** A stream of a user's own class. */
  static PrintStream stream(Trouble trouble, Consumer<String> lines) {
    return new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        lines.accept(line);
        trouble.in("println");
      }
    };
  }

  static TaskFactory factory(Trouble trouble) {
    return new TaskFactory() {
      @Override
      public <T> Task<T> newTask(EventLoop loop, Coro<T> coro, TaskOptions options) {
        return trouble.in("newTask", null);
      }
    };
  }
}
