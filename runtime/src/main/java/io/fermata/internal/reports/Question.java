package io.fermata.internal.reports;

import io.fermata.EventLoop;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question to a loop, which answers on its own thread between two callbacks, since tasks belong
 * to it. Several loops are asked first, and waited for then.
 *
 * @param <T> what is asked for
 */
final class Question<T> {
  private static final long PATIENCE_NANOS = 500_000_000;

  /** For an answer that has been begun: the loop may have many tasks. */
  private static final long MORE_NANOS = 30_000_000_000L;

  private final EventLoop loop;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final long deadline = System.nanoTime() + PATIENCE_NANOS;
  private volatile boolean begun;

  private Question(EventLoop loop) {
    this.loop = loop;
  }

  static <T> Question<T> to(EventLoop loop, Supplier<T> asked) {
    Question<T> question = new Question<>(loop);
    try {
      loop.callSoonThreadsafe(() -> question.answerWith(asked));
    } catch (IllegalStateException closed) {
      question.answer.cancel(false);
    }
    return question;
  }

  private void answerWith(Supplier<T> asked) {
    begun = true;
    if (answer.isDone()) {
      return; // nobody waits any more
    }
    try {
      answer.complete(asked.get());
    } catch (Throwable t) {
      answer.completeExceptionally(t); // for who asks: it is no failure of the loop's
    }
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * The answer, or what is told of a thread that is held up and gives none; null if the loop runs
   * no more.
   */
  @Nullable T orHeldUp(Function<Thread, T> heldUp) {
    try {
      return answer.isCancelled() ? null : await(deadline - System.nanoTime());
    } catch (TimeoutException e) {
      answer.cancel(false);
      Thread thread = LoopAccess.get().thread(loop);
      return thread == null ? null : heldUp.apply(thread);
    } catch (ExecutionException e) {
      // The other JVM may not have the class of the cause.
      RuntimeLog.log(Level.WARNING, "the tasks of " + loop + " can't be told", e.getCause());
      throw new IllegalStateException(
          "the tasks of " + loop + " can't be told: " + ValueText.of(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private T await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (begun) {
        return answer.get(MORE_NANOS, TimeUnit.NANOSECONDS);
      }
      throw e;
    }
  }
}
