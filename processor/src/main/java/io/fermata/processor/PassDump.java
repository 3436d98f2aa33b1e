package io.fermata.processor;

import io.fermata.processor.declaration.CoroutineMethod;
import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;

/** Prints what one pass made of each coroutine, as {@code -Afermata.dump=<pass>} asks for. */
final class PassDump implements PassListener {

  private final Optional<Pass> asked;
  private final Messager messager;

  private PassDump(Optional<Pass> asked, Messager messager) {
    this.asked = asked;
    this.messager = messager;
  }

  /** A dump of the pass that the options name; a pass that is none is an error of the compile. */
  static PassDump of(Options options, Messager messager) {
    Optional<Pass> asked = options.dump().flatMap(Pass::named);
    if (options.dump().isPresent() && asked.isEmpty()) {
      messager.printMessage(
          Kind.ERROR,
          "[fermata] -Afermata.dump=%s names no pass.%nGive one of %s."
              .formatted(options.dump().get(), Pass.allNames()));
    }
    return new PassDump(asked, messager);
  }

  /** Prints {@code result} as a note, if it is this pass that is asked for. */
  @Override
  public void after(Pass pass, CoroutineMethod method, Object result) {
    if (asked.isPresent() && asked.get() == pass) {
      messager.printMessage(
          Kind.NOTE,
          "%s after %s:%n%s"
              .formatted(
                  method.displayName(), pass.displayName(), result.toString().stripTrailing()));
    }
  }
}
