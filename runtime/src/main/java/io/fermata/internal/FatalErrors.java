package io.fermata.internal;

/**
 * The throwables that break out of the loop at once, as KeyboardInterrupt and SystemExit do in
 * asyncio: errors of the virtual machine, except a stack overflow, which is a fault of one task.
 */
public final class FatalErrors {
  private FatalErrors() {}

  public static boolean isFatal(Throwable throwable) {
    return throwable instanceof VirtualMachineError && !(throwable instanceof StackOverflowError);
  }
}
