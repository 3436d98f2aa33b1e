package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.Unchecked;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;

/**
 * A coroutine whose body is plain Java, for tests that must do without the processor: {@code
 * coro(() -> { await(sleep(ofSeconds(1))); return 42; })}.
 *
 * <p>The body runs in a thread of its own, but never at the same time as the loop: {@link #resume}
 * hands control to it and waits until it awaits or ends. While it runs, that thread counts as the
 * loop's. Every resume point counts as guarded, so that failures are thrown in the body.
 */
public final class Co<T> extends Continuation<T, RuntimeException> {

  /** A body with a value. */
  public interface Body<T> {
    T run() throws Throwable;
  }

  /** A body without one. */
  public interface VoidBody {
    void run() throws Throwable;
  }

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(null, work, "coroutine body", 1 << 18);
            thread.setDaemon(true);
            return thread;
          });

  private static final ThreadLocal<Co<?>> CURRENT = new ThreadLocal<>();
  private static final Object NOTHING = new Object();
  private static final int SUSPENDED_IN_BODY = -2;

  private record AwaitRequest(Awaitable<?> awaitable) {}

  private record Returned(Object value) {}

  private final String name;
  private final StackTraceElement birth;
  private final Body<T> body;
  private final SynchronousQueue<Object> toBody = new SynchronousQueue<>();
  private final SynchronousQueue<Object> toLoop = new SynchronousQueue<>();
  private volatile StackTraceElement position;
  private EventLoop loop;

  private Co(String name, Body<T> body) {
    this.name = name;
    this.body = body;
    this.birth = caller();
    this.position = birth;
  }

  public static <T> Co<T> coro(Body<T> body) {
    return new Co<>(null, body);
  }

  public static <T> Co<T> coro(String name, Body<T> body) {
    return new Co<>(name, body);
  }

  public static Co<Void> coroVoid(VoidBody body) {
    return coroVoid(null, body);
  }

  public static Co<Void> coroVoid(String name, VoidBody body) {
    return new Co<>(
        name,
        () -> {
          body.run();
          return null;
        });
  }

  /** Awaits in the body of the coroutine that runs. */
  @SuppressWarnings("unchecked")
  public static <T> T await(Awaitable<T> awaitable) {
    Co<?> current = CURRENT.get();
    if (current == null) {
      throw new IllegalStateException("await outside of a coroutine's body");
    }
    current.position = caller();
    Object sent = current.exchange(new AwaitRequest(awaitable));
    if (sent instanceof Thrown thrown) {
      throw Unchecked.<RuntimeException>sneak(thrown.throwable());
    }
    return (T) sent;
  }

  /** Python's {@code async with}, as generated code does it. */
  public static void with(ThrowingScope<?> scope, VoidBody block) throws Throwable {
    await(scope.enter());
    Throwable thrown = null;
    try {
      block.run();
    } catch (Throwable t) {
      thrown = t;
    }
    Throwable out;
    try {
      out = await(scope.exit(thrown));
    } catch (Throwable t) {
      throw exitFailed(t, thrown);
    }
    if (out != null) {
      throw out;
    }
  }

  /** A body for each element of an {@link AsyncIterable}. */
  public interface EachBody<T> {
    void run(T element) throws Throwable;
  }

  /** Python's {@code async for}. */
  public static <T> void each(AsyncIterable<T> elements, EachBody<? super T> body)
      throws Throwable {
    AsyncIterator<T> iterator = elements.asyncIterator();
    while (await(iterator.moveNext())) {
      body.run(iterator.current());
    }
  }

  @Override
  protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
    loop = task.loop();
    if (state == START) {
      THREADS.execute(this::runBody);
    }
    Object toSend = sent;
    for (; ; ) {
      Object answer = handOver(toSend == null ? NOTHING : toSend);
      if (answer instanceof Returned returned) {
        return returned.value();
      }
      if (answer instanceof Thrown thrown) {
        throw thrown.throwable();
      }
      try {
        toSend = await(task, ((AwaitRequest) answer).awaitable(), depth);
      } catch (Throwable t) {
        toSend = new Thrown(t);
      }
      if (toSend == SUSPENDED) {
        state = SUSPENDED_IN_BODY;
        return SUSPENDED;
      }
    }
  }

  /** On the loop's thread: lets the body run until it wants something. */
  private Object handOver(Object message) {
    Thread loopThread = loop.lifeCycle.thread;
    put(toBody, message);
    Object answer = take(toLoop);
    loop.lifeCycle.thread = loopThread;
    return answer;
  }

  /** On the body's thread: tells the loop what the body wants, and waits for the answer. */
  private Object exchange(Object message) {
    EventLoop.RUNNING.remove();
    put(toLoop, message);
    return receive();
  }

  private Object receive() {
    Object message = take(toBody);
    loop.lifeCycle.thread = Thread.currentThread();
    EventLoop.RUNNING.set(loop);
    return message == NOTHING ? null : message;
  }

  private void runBody() {
    CURRENT.set(this);
    receive();
    Object end;
    try {
      end = new Returned(body.run());
    } catch (Throwable t) {
      end = new Thrown(t);
    }
    EventLoop.RUNNING.remove();
    CURRENT.remove();
    put(toLoop, end);
  }

  private static void put(SynchronousQueue<Object> queue, Object message) {
    boolean interrupted = false;
    for (; ; ) {
      try {
        queue.put(message);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    restore(interrupted);
  }

  private static Object take(SynchronousQueue<Object> queue) {
    boolean interrupted = false;
    for (; ; ) {
      try {
        Object message = queue.take();
        restore(interrupted);
        return message;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The test's own line. */
  private static StackTraceElement caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().startsWith("io.fermata.Co"))
                    .findFirst()
                    .orElseThrow()
                    .toStackTraceElement());
  }

  @Override
  protected LineTable lines() {
    StackTraceElement at = position;
    return LineTable.of(
        CONTRACT,
        at == null ? "io.fermata.Co" : birth.getClassName(),
        name == null ? "lambda" : name,
        at == null ? "Co.java" : at.getFileName(),
        at == null ? "" : "1:" + birth.getLineNumber() + ",-2:" + at.getLineNumber(),
        "");
  }
}
