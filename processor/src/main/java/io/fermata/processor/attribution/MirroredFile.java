package io.fermata.processor.attribution;

import javax.tools.JavaFileObject;

/** A file that the nested compile gets from the outer one. */
sealed interface MirroredFile extends JavaFileObject permits SourceFile, StubFile, ClassFile {

  /** The class that it is offered for: {@code app.Outer$Inner}. */
  String binaryName();
}
