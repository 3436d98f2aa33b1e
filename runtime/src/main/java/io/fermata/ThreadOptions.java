package io.fermata;

/**
 * How {@link Async#toThread} runs work: {@code toThread(work,
 * ThreadOptions.DEFAULT.interrupting())}.
 *
 * <p><b>Interrupts.</b> Blocking work that is to end when nobody waits for it any more has itself
 * interrupted: {@code Thread.sleep}, locks, queues, and the waits of {@code java.util.concurrent}
 * then throw {@link InterruptedException}. An interrupt does more than that: it <em>closes</em> a
 * {@link java.nio.channels.FileChannel}, or another {@link java.nio.channels.InterruptibleChannel},
 * in which the thread reads or writes, for all who use it, and those of them that are shared are
 * for work that is not interrupted. Other blocking calls, such as reads of a {@code
 * FileInputStream}, and work that computes, take no notice of it.
 *
 * @param interruptsOnCancel whether a cancellation interrupts the thread while it runs the work
 */
public record ThreadOptions(boolean interruptsOnCancel) {

  /** Work is never interrupted: once begun, it goes on after a cancellation. */
  public static final ThreadOptions DEFAULT = new ThreadOptions(false);

  /**
   * {@return the same, a cancellation interrupting the thread} The caller gets its {@link
   * CancelledError} at once, as ever. An {@link InterruptedException}, or what a channel that the
   * interrupt has closed throws, is then the end that was asked for; what else the work fails with
   * goes to the loop's exception handler.
   */
  public ThreadOptions interrupting() {
    return new ThreadOptions(true);
  }
}
