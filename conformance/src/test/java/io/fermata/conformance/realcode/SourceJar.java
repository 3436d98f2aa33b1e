package io.fermata.conformance.realcode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The jar with the sources of a library. */
record SourceJar(Path file) {

  /** The text of each class, by the path of its file. */
  Map<String, String> read() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry each : Collections.list(jar.entries())) {
        if (isClass(each.getName())) {
          try (InputStream in = jar.getInputStream(each)) {
            sources.put(each.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return sources;
  }

  private static boolean isClass(String name) {
    return name.endsWith(".java") && !name.endsWith("-info.java") && !name.startsWith("META-INF/");
  }
}
