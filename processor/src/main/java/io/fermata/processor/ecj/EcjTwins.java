package io.fermata.processor.ecj;

import static javax.tools.StandardLocation.SOURCE_OUTPUT;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** The twins, as ECJ gets them. */
final class EcjTwins {

  private static final String FILE =
      "org.eclipse.jdt.internal.compiler.apt.dispatch.HookedJavaFileObject";

  private final EcjEnvironment ecj;
  private final Set<String> written = new HashSet<>();
  private final Set<String> ours = new HashSet<>();

  EcjTwins(EcjEnvironment ecj) {
    this.ecj = ecj;
  }

  /** Whether a class was written in this compile. */
  boolean isWritten(String name) {
    return written.contains(name);
  }

  /** Whether a class was written in this compile or in one before. */
  boolean isOurs(String name) {
    return ours.contains(name) || isWritten(name);
  }

  /** Ends a compile: in the next one all may be written again. */
  void end() {
    ours.addAll(written);
    written.clear();
  }

  /** Writes the twin of a class; what goes wrong is an error on the class. */
  void write(String name, String text, TypeElement owner) {
    try {
      JavaFileObject file = create(name, owner);
      written.add(name);
      try (Writer writer = file.openWriter()) {
        writer.write(text);
      }
    } catch (IOException e) {
      written.add(name);
      ecj.env().getMessager().printMessage(Diagnostic.Kind.ERROR, String.valueOf(e), owner);
    }
  }

  private JavaFileObject create(String name, TypeElement owner) throws IOException {
    Filer filer = ecj.env().getFiler();
    if (ecj.isIde()) {
      return filer.createSourceFile(name, owner);
    }
    if (moduleOf(owner) != null) {
      return createInBatch(name, owner);
    }
    try {
      return filer.createSourceFile(name, owner);
    } catch (FilerException e) {
      return createInBatch(name, owner);
    }
  }

  /**
   * Batch ECJ makes no source of a class that it finds on the class path, where the twin of the
   * last build is, and puts those it makes into the unnamed module. So this one is made as its own
   * filer makes them.
   */
  private JavaFileObject createInBatch(String name, TypeElement owner) throws IOException {
    JavaFileManager files = (JavaFileManager) ecj.ecj().call("getFileManager").target();
    JavaFileObject file =
        files.getJavaFileForOutput(SOURCE_OUTPUT, name, JavaFileObject.Kind.SOURCE, null);
    Filer filer = ecj.env().getFiler();
    return (JavaFileObject)
        ecj.create(
            FILE,
            file,
            file.getName(),
            name,
            filer,
            moduleOf(owner),
            new EcjObject(filer).value("_encoding"));
  }

  private @Nullable String moduleOf(TypeElement owner) {
    ModuleElement module = ecj.env().getElementUtils().getModuleOf(owner);
    return module == null || module.isUnnamed() ? null : module.getQualifiedName().toString();
  }
}
