package io.fermata.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Python's asyncio, where there is a {@code python3} that has task groups. */
final class Asyncio {
  private static final String SCRIPT = "asyncio_rows.py";

  /** The names of the rows whose work it does. */
  static final Set<String> ROWS = rows();

  private Asyncio() {}

  private static Set<String> rows() {
    try {
      return Set.copyOf(Arrays.asList(run().split("\\s+", -1)));
    } catch (IOException e) {
      return Set.of(); // no python3, or one that is too old
    }
  }

  /** What the script prints. */
  static String run(String... arguments) throws IOException {
    Path script = Files.createTempFile("asyncio", ".py");
    try (InputStream text = Objects.requireNonNull(Asyncio.class.getResourceAsStream(SCRIPT))) {
      Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
      List<String> command = new ArrayList<>(List.of("python3", script.toString()));
      command.addAll(Arrays.asList(arguments));
      return Tool.run(command).strip();
    } finally {
      Files.delete(script);
    }
  }
}
