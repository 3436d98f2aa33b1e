package io.fermata;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;

/** The one {@link TasksMXBean} of the JVM, and the loops that it tells of. Thread-safe. */
final class TasksBean implements TasksMXBean {
  private static final Logger LOG = System.getLogger("io.fermata");
  private static final String NAME = "io.fermata:type=Tasks";
  private static final long PATIENCE_MILLIS = 500;
  private static final Set<EventLoop> RUNNING = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean REGISTERED = new AtomicBoolean();

  static void loopStarts(EventLoop loop) {
    RUNNING.add(loop);
  }

  static void loopEnds(EventLoop loop) {
    RUNNING.remove(loop);
  }

  /** Registers the bean in the background, unless it was done before. */
  static void register() {
    if (!REGISTERED.get() && REGISTERED.compareAndSet(false, true)) {
      Thread thread = new Thread(TasksBean::registerIfThereIsJmx, "fermata-jmx");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void registerIfThereIsJmx() {
    try {
      Jmx.register();
    } catch (LinkageError e) {
      LOG.log(Level.DEBUG, "no bean " + NAME + ": this JVM has no module java.management", e);
    }
  }

  @Override
  public int getLoopCount() {
    return RUNNING.size();
  }

  @Override
  public String printTaskTree() {
    StringBuilder text = new StringBuilder();
    for (EventLoop loop : RUNNING) {
      text.append(loop).append('\n').append(treeOf(loop));
    }
    return text.toString();
  }

  /** Asked for on the loop's own thread, since tasks belong to it. */
  private static String treeOf(EventLoop loop) {
    CompletableFuture<String> tree = new CompletableFuture<>();
    try {
      loop.callSoonThreadsafe(() -> tree.complete(TaskTree.of(loop.tasks())));
      return tree.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IllegalStateException closed) {
      return "";
    } catch (TimeoutException e) {
      return heldUp(loop);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String heldUp(EventLoop loop) {
    Thread thread = loop.thread;
    if (thread == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("  its thread is held up:\n");
    for (StackTraceElement frame : StackTraces.forUsers(thread.getStackTrace())) {
      text.append("    at ").append(frame).append('\n');
    }
    return text.toString();
  }

  /** Apart from the rest, which must load on a JVM without the module java.management. */
  private static final class Jmx {
    static void register() {
      try {
        ManagementFactory.getPlatformMBeanServer()
            .registerMBean(new TasksBean(), new ObjectName(NAME));
      } catch (JMException e) {
        LOG.log(Level.WARNING, "the bean " + NAME + " could not be registered", e);
      }
    }
  }
}
