package io.fermata.processor.depth;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs what goes down a user's code on a thread whose stack does not end where that code is deep:
 * javac's own thread has a stack that just suffices for javac.
 */
public final class DeepStack {

  /** The system gives memory to as much of it as is used. */
  private static final long BYTES = 512L << 20;

  private DeepStack() {}

  /** A thread with such a stack, which ends with javac; it sees the classes that this one sees. */
  public static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, BYTES);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    return thread;
  }

  /** Runs the task while this thread waits. */
  public static void run(Runnable task) {
    FutureTask<Boolean> result = new FutureTask<>(task, true);
    thread(result, "fermata-passes").start();
    await(result);
  }

  /** The same, but on this thread, if its stack is enough; the task may then begin twice. */
  public static void runIfNeeded(Runnable task) {
    try {
      task.run();
    } catch (StackOverflowError e) {
      run(task);
    }
  }

  private static void await(FutureTask<Boolean> result) {
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        result.get();
        done = true;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw DeepStack.<RuntimeException>asItIs(e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever it is: the task throws nothing checked. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X asItIs(@Nullable Throwable thrown) throws X {
    throw (X) Objects.requireNonNull(thrown);
  }
}
