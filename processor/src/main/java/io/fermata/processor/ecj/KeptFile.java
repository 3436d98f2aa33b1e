package io.fermata.processor.ecj;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.tools.SimpleJavaFileObject;

/** What the nested compile writes, kept in memory. */
final class KeptFile extends SimpleJavaFileObject {

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  KeptFile(String className, Kind kind) {
    super(
        URI.create(
            "fermata:///" + className.replace('.', '/').replace("$", "%24") + kind.extension),
        kind);
  }

  @Override
  public OutputStream openOutputStream() {
    content.reset();
    return content;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text();
  }

  String text() {
    return content.toString(StandardCharsets.UTF_8);
  }
}
