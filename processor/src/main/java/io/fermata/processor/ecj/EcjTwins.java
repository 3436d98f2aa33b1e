package io.fermata.processor.ecj;

import static javax.tools.StandardLocation.SOURCE_OUTPUT;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/** The twins of one compile, as ECJ gets them. */
final class EcjTwins {

  private static final String FILE =
      "org.eclipse.jdt.internal.compiler.apt.dispatch.HookedJavaFileObject";

  private final EcjEnvironment ecj;
  private final Set<String> written = new HashSet<>();

  EcjTwins(EcjEnvironment ecj) {
    this.ecj = ecj;
  }

  boolean isWritten(String name) {
    return written.contains(name);
  }

  /** Writes the twin of a class; what goes wrong is an error on the class. */
  void write(String name, String text, TypeElement owner) {
    written.add(name);
    try (Writer writer = create(name, owner).openWriter()) {
      writer.write(text);
    } catch (IOException e) {
      ecj.env().getMessager().printMessage(Diagnostic.Kind.ERROR, String.valueOf(e), owner);
    }
  }

  private JavaFileObject create(String name, Element owner) throws IOException {
    Filer filer = ecj.env().getFiler();
    try {
      return filer.createSourceFile(name, owner);
    } catch (FilerException e) {
      if (ecj.isIde()) {
        throw e;
      }
      return createAgain(name, filer);
    }
  }

  /**
   * Batch ECJ makes no source of a class that it finds on the class path, where the twin of the
   * last build is. So it is made as its own filer makes it.
   */
  private JavaFileObject createAgain(String name, Filer filer) throws IOException {
    JavaFileManager files = (JavaFileManager) ecj.ecj().call("getFileManager").target();
    JavaFileObject file =
        files.getJavaFileForOutput(SOURCE_OUTPUT, name, JavaFileObject.Kind.SOURCE, null);
    EcjObject ofFiler = new EcjObject(filer);
    return (JavaFileObject)
        ecj.create(
            FILE,
            file,
            file.getName(),
            name,
            filer,
            ofFiler.value("_moduleName"),
            ofFiler.value("_encoding"));
  }
}
