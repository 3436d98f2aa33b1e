package io.fermata.processor;

import io.fermata.processor.declaration.CoroutineClass;
import java.io.IOException;
import java.io.Writer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic;

/** The generated source file of a class with coroutines. */
final class TwinFile {

  private TwinFile() {}

  /** Writes it; what goes wrong is an error on the class. */
  static void write(ProcessingEnvironment env, CoroutineClass found, String text) {
    try (Writer writer =
        env.getFiler()
            .createSourceFile(found.owner().twinQualifiedName(), found.element())
            .openWriter()) {
      writer.write(text);
    } catch (IOException e) {
      env.getMessager().printMessage(Diagnostic.Kind.ERROR, String.valueOf(e), found.element());
    }
  }
}
