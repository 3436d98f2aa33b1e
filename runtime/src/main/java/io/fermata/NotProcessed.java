package io.fermata;

/** What a call gives that only the processor can make work. */
final class NotProcessed {
  private NotProcessed() {}

  static IllegalStateException call(String function) {
    return new IllegalStateException(
        "'"
            + function
            + "' was reached in code that the Fermata processor did not transform. Either it is"
            + " called outside of a @Coroutine method or an async lambda, or the @Coroutine method"
            + " itself was called instead of its generated twin in the class ...Async (by JUnit, if"
            + " it is a test: @CoroutineTest has the twin run, as does"
            + " @ExtendWith(CoroutineExtension.class) at the class), or the"
            + " processor did not run: name io.fermata:fermata-processor in Maven's"
            + " <annotationProcessorPaths> or Gradle's annotationProcessor configuration, or with"
            + " javac's -processorpath. (From JDK 23 on, javac runs no processor that is merely on"
            + " the class path.)");
  }
}
