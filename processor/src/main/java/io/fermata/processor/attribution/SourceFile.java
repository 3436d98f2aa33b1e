package io.fermata.processor.attribution;

import java.io.IOException;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** A source of the outer compile, offered to the nested one as the source of one class. */
final class SourceFile extends ForwardingJavaFileObject<JavaFileObject> implements MirroredFile {

  private final String binaryName;
  private final @Nullable String text;

  SourceFile(JavaFileObject outer, String binaryName) {
    this(outer, binaryName, null);
  }

  private SourceFile(JavaFileObject outer, String binaryName, @Nullable String text) {
    super(outer);
    this.binaryName = binaryName;
    this.text = text;
  }

  /** The same file, with another text in it. */
  SourceFile with(String newText) {
    return new SourceFile(fileObject, binaryName, newText);
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
    return text == null ? super.getCharContent(ignoreEncodingErrors) : text;
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
