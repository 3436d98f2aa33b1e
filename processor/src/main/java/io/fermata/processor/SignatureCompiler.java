package io.fermata.processor;

import io.fermata.processor.declaration.CoroutineClass;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.tools.Diagnostic;

/**
 * For a compiler that shows no method bodies to processors, and is not Eclipse's: makes the
 * declarations of the twins, so that other classes see them, with bodies that say what is missing.
 */
final class SignatureCompiler implements TwinCompiler {

  private static final String WHY =
      "Coroutines are compiled by javac only: this class was compiled by another compiler."
          + " Build the project with javac.";

  private final ProcessingEnvironment env;
  private final SignatureReader signatures;
  private boolean warned;

  SignatureCompiler(ProcessingEnvironment env, Options options) {
    this.env = env;
    this.signatures = new SignatureReader(env, options);
  }

  @Override
  public void compile(RoundEnvironment round) {
    for (CoroutineClass found : signatures.classesIn(round)) {
      warnOnce();
      TwinFile.write(env, found, SignatureReader.text(found, WHY));
    }
  }

  private void warnOnce() {
    if (!warned) {
      warned = true;
      env.getMessager().printMessage(Diagnostic.Kind.WARNING, WHY);
    }
  }
}
