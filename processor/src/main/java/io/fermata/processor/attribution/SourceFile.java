package io.fermata.processor.attribution;

import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;

/** A source of the outer compile, offered to the nested one as the source of one class. */
final class SourceFile extends ForwardingJavaFileObject<JavaFileObject> implements MirroredFile {

  private final String binaryName;

  SourceFile(JavaFileObject outer, String binaryName) {
    super(outer);
    this.binaryName = binaryName;
  }

  @Override
  public String binaryName() {
    return binaryName;
  }

  /**
   * The outer compile has checked the names already, and a second class of a file is to be found,
   * too; but javac must not take the file for {@code module-info} or {@code package-info}.
   */
  @Override
  public boolean isNameCompatible(String simpleName, Kind kind) {
    return kind == Kind.SOURCE && !simpleName.contains("-");
  }
}
