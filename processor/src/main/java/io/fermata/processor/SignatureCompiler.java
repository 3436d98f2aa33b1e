package io.fermata.processor;

import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.declaration.TwinSignatures;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * For a compiler that shows no method bodies to processors, which is to say Eclipse's: makes the
 * declarations of the twins, so that an editor knows them, with bodies that say what is missing.
 */
final class SignatureCompiler implements TwinCompiler {

  private static final String WHY =
      "Coroutines are compiled by javac only: this class was compiled by another compiler."
          + " Build the project with javac.";

  private final ProcessingEnvironment env;
  private final CoroutineMethods coroutines;
  private final ClassReader reader;
  private boolean warned;

  SignatureCompiler(ProcessingEnvironment env, Options options) {
    this.env = env;
    this.coroutines = new CoroutineMethods(env.getElementUtils());
    this.reader =
        new ClassReader(
            env.getElementUtils(),
            env.getTypeUtils(),
            type -> "",
            method -> Set.of(),
            options.annotations());
  }

  @Override
  public void compile(RoundEnvironment round) {
    for (TypeElement owner : coroutines.ownersIn(round)) {
      CoroutineClass found = reader.read(owner, coroutines.of(owner));
      if (found.state() != CoroutineClass.State.TWIN_TAKEN) {
        warnOnce();
        write(found);
      }
    }
  }

  private void warnOnce() {
    if (!warned) {
      warned = true;
      env.getMessager().printMessage(Diagnostic.Kind.WARNING, WHY);
    }
  }

  private void write(CoroutineClass found) {
    String text =
        TwinSignatures.write(
            found.owner(),
            found.methods(),
            "throw new java.lang.IllegalStateException(\"" + WHY + "\");");
    TwinFile.write(env, found, text);
  }
}
