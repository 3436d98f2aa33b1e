package io.fermata;

/**
 * The throwables that break out of the loop at once, as KeyboardInterrupt and SystemExit do in
 * asyncio: errors of the virtual machine, except a stack overflow, which is a fault of one task.
 */
final class FatalErrors {
  private FatalErrors() {}

  static boolean isFatal(Throwable throwable) {
    return throwable instanceof VirtualMachineError && !(throwable instanceof StackOverflowError);
  }
}
