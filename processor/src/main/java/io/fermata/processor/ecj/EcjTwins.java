package io.fermata.processor.ecj;

import static javax.tools.StandardLocation.SOURCE_OUTPUT;

import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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

  private static final String IDE_FILE =
      "org.eclipse.jdt.internal.apt.pluggable.core.filer.IdeOutputJavaFileObject";
  private static final String FILE =
      "org.eclipse.jdt.internal.compiler.apt.dispatch.HookedJavaFileObject";

  private final EcjEnvironment ecj;
  private final Set<String> written = new HashSet<>();

  /** The texts of all that were ever written. */
  private final Map<String, String> ours = new HashMap<>();

  EcjTwins(EcjEnvironment ecj) {
    this.ecj = ecj;
  }

  /** Whether a class was written in this compile. */
  boolean isWritten(String name) {
    return written.contains(name);
  }

  /** Whether a class was written in this compile or in one before. */
  boolean isOurs(String name) {
    return ours.containsKey(name);
  }

  /** Ends a compile: in the next one all may be written again. */
  void end() {
    written.clear();
  }

  /** Writes the twin of a class; what goes wrong is an error on the class. */
  void write(String name, String text, TypeElement owner) {
    try {
      Optional<JavaFileObject> file = create(name, text, owner);
      written.add(name);
      ours.put(name, text);
      if (file.isPresent()) {
        try (Writer writer = file.get().openWriter()) {
          writer.write(text);
        }
      }
    } catch (IOException e) {
      written.add(name);
      ecj.env().getMessager().printMessage(Diagnostic.Kind.ERROR, String.valueOf(e), owner);
    }
  }

  private Optional<JavaFileObject> create(String name, String text, TypeElement owner)
      throws IOException {
    Filer filer = ecj.env().getFiler();
    if (!ecj.isIde() && moduleOf(owner) != null) {
      return Optional.of(createInBatch(name, owner));
    }
    try {
      return Optional.of(filer.createSourceFile(name, owner));
    } catch (FilerException e) {
      if (!ecj.isIde()) {
        return Optional.of(createInBatch(name, owner));
      }
      if (!isOurs(name)) {
        throw e;
      }
      return text.equals(ours.get(name)) ? Optional.empty() : Optional.of(createInIde(name, owner));
    }
  }

  /** In an IDE each file is made but once in a build, which may be several compiles. */
  private JavaFileObject createInIde(String name, TypeElement owner) {
    Object file = ecj.ecj().result("getEnclosingIFile", owner);
    return (JavaFileObject)
        ecj.create(IDE_FILE, ecj.env(), name, file == null ? Set.of() : Set.of(file));
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
