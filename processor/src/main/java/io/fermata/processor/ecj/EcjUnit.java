package io.fermata.processor.ecj;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/** The file of a root element, as ECJ keeps it. */
record EcjUnit(EcjObject declaration) {

  /** The file that a class stands in; empty if it is a class file. */
  static Optional<EcjUnit> of(TypeElement type) {
    EcjObject binding = new EcjObject(type).field("_binding");
    if (Boolean.TRUE.equals(binding.result("isBinaryBinding"))) {
      return Optional.empty();
    }
    return Optional.of(
        new EcjUnit(binding.field("scope").call("compilationUnitScope").field("referenceContext")));
  }

  /** What ECJ has to say of the file. */
  EcjObject result() {
    return declaration.field("compilationResult");
  }

  /**
   * The source of a class: the text that ECJ itself has read, or else what Java's API, from 18 on,
   * gives, which knows no unsaved text.
   */
  static Optional<EcjSource> source(TypeElement type, Elements elements) {
    String name = type.getQualifiedName().toString();
    try {
      return of(type).map(unit -> unit.source(name));
    } catch (UnknownEcjException e) {
      return saved(type, name, elements);
    }
  }

  private EcjSource source(String className) {
    EcjObject unit = result().field("compilationUnit");
    if (!(unit.result("getContents") instanceof char[] text)
        || !(unit.result("getFileName") instanceof char[] name)) {
      throw new UnknownEcjException("ICompilationUnit", null);
    }
    return new EcjSource(new File(new String(name)).toURI(), className, new String(text));
  }

  private static Optional<EcjSource> saved(TypeElement type, String name, Elements elements) {
    Object file = new EcjObject(elements).result("getFileObjectOf", type);
    try {
      return file instanceof JavaFileObject source && source.getKind() == JavaFileObject.Kind.SOURCE
          ? Optional.of(new EcjSource(source.toUri(), name, source.getCharContent(true).toString()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UnknownEcjException("getFileObjectOf", e);
    }
  }
}
