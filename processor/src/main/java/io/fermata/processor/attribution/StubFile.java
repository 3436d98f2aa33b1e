package io.fermata.processor.attribution;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** The declarations of a twin that is yet to be generated. */
final class StubFile extends SimpleJavaFileObject implements MirroredFile {

  private final String binaryName;
  private final String text;

  StubFile(String binaryName, String text) {
    super(URI.create("fermata:///" + binaryName.replace('.', '/') + ".java"), Kind.SOURCE);
    this.binaryName = binaryName;
    this.text = text;
  }

  @Override
  public String binaryName() {
    return binaryName;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }
}
