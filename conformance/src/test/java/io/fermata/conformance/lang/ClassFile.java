package io.fermata.conformance.lang;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads from a class file how long its methods are (JVMS 4). */
final class ClassFile {
  private final DataInputStream in;
  private final Map<Integer, String> texts = new LinkedHashMap<>();

  private ClassFile(DataInputStream in) {
    this.in = in;
  }

  /** The bytes of bytecode of each method, by name and descriptor. */
  static Map<String, Integer> codeLengths(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new ClassFile(new DataInputStream(new ByteArrayInputStream(bytes))).codeLengths();
  }

  private Map<String, Integer> codeLengths() throws IOException {
    in.skipNBytes(8); // magic, version
    constants();
    in.skipNBytes(6); // flags, this, super
    in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
      in.skipNBytes(6);
      attributes();
    }
    Map<String, Integer> lengths = new LinkedHashMap<>();
    for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
      in.skipNBytes(2);
      String name = text() + text();
      lengths.put(name, attributes());
    }
    return lengths;
  }

  private void constants() throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.put(i, in.readUTF());
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // takes two entries
        }
        default -> in.skipNBytes(4);
      }
    }
  }

  /** Skips attributes; gives the length of the code if there is some. */
  private int attributes() throws IOException {
    int code = 0;
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      boolean isCode = text().equals("Code");
      int length = in.readInt();
      if (isCode) {
        in.skipNBytes(4); // stack, locals
        code = in.readInt();
        in.skipNBytes(length - 8L);
      } else {
        in.skipNBytes(length);
      }
    }
    return code;
  }

  private String text() throws IOException {
    return texts.getOrDefault(in.readUnsignedShort(), "");
  }
}
