package io.fermata;

import io.fermata.internal.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a JVM that is shut down while the main thread runs a loop (Ctrl-C, SIGTERM) cancel the main
 * task, and give the {@code finally} blocks, its own and those of what it leaves, a bounded time.
 */
final class ShutdownHook {
  private final EventLoop loop;
  private final Runnable onShutdown;
  private final Duration grace;
  private final Thread runner = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(new Hook(), "fermata-shutdown");

  private ShutdownHook(EventLoop loop, Runnable onShutdown, Duration grace) {
    this.loop = loop;
    this.onShutdown = onShutdown;
    this.grace = grace;
  }

  /**
   * Null where there is nothing to install: on threads other than the JVM's main one.
   *
   * @param onShutdown what the loop runs when the shutdown begins
   */
  static @Nullable ShutdownHook install(EventLoop loop, Runnable onShutdown, Duration grace) {
    if (!isMain(Thread.currentThread()) || grace.isZero() || grace.isNegative()) {
      return null;
    }
    ShutdownHook installed = new ShutdownHook(loop, onShutdown, grace);
    try {
      Runtime.getRuntime().addShutdownHook(installed.hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      return null;
    }
    return installed;
  }

  /** By its names, since the number of the JVM's main thread differs between versions. */
  private static boolean isMain(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return thread.getName().equals("main") && group != null && group.getName().equals("main");
  }

  /** Takes the hook away; false if the JVM is being shut down, and waits for {@link #release}. */
  boolean remove() {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      return false;
    }
  }

  /** Nothing is left to wait for. */
  void release() {
    remove();
    ended.countDown();
  }

  private void shutDown() {
    if (isCallingExit()) {
      return;
    }
    try {
      loop.callSoonThreadsafe(onShutdown);
      ended.await(Durations.toNanos(grace), TimeUnit.NANOSECONDS);
    } catch (IllegalStateException closed) {
      // The loop ended at the same moment.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A class in place of a lambda, which takes milliseconds of the start of a program. */
  private final class Hook implements Runnable {
    @Override
    public void run() {
      shutDown();
    }
  }

  /** Whether the loop's own code called System.exit: its thread will never go on. */
  private boolean isCallingExit() {
    for (StackTraceElement frame : runner.getStackTrace()) {
      if (frame.getClassName().equals("java.lang.Shutdown")) {
        return true;
      }
    }
    return false;
  }
}
