package io.fermata.testing;

import io.fermata.Task;
import org.jspecify.annotations.Nullable;

/**
 * Stands by whenever a task is about to go on at a resume point, and may have something go wrong
 * there: to test that code survives it, run it once for each of its resume points.
 *
 * <pre>{@code
 * VirtualTimeLoop loop = new VirtualTimeLoop();
 * loop.injectFaults(
 *     task -> {
 *       if (++resumed == unlucky) {
 *         task.cancel();                                   // or: return new IOException("injected");
 *       }
 *       return null;
 *     });
 * loop.runUntilComplete(ServerAsync.serve());
 * }</pre>
 *
 * <p>Called on the loop's thread, and never for a task's first step. {@link Task#getStack()} tells
 * the resume point, its last element being the innermost. A call of {@link Task#cancel()} is
 * delivered at this very resume point; {@link VirtualTimeLoop#advance} makes deadlines pass. An
 * await of what is done already does not suspend, and is no occasion.
 */
@FunctionalInterface
public interface FaultInjector {

  /**
   * Given by {@link #beforeResume} to have the task stay in the ready queue for one more pass, and
   * to be asked again then: so that timers may come first, of deadlines above all.
   */
  Throwable LATER = new Later();

  /**
   * A task is about to go on.
   *
   * @param task the task, which {@link Task#getStack()} places
   * @return what the resume point is to throw in place of its outcome, or null, or {@link #LATER};
   *     what this throws counts as returned
   */
  @Nullable Throwable beforeResume(Task<?> task);
}
