package io.fermata.conformance.world;

import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Recorder;
import io.fermata.conformance.script.Scenario;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The oracle: here {@code await} returns the value or throws it on the spot, and a twin calls its
 * template.
 *
 * <p>The case's source is compiled as it is, against another {@code io.fermata} (in {@code
 * resources/blocking}) that a class loader keeps apart from the real one. Only "async with" and
 * early exits of "async for" mean something else in plain Java: {@link BlockingSource} spells them
 * out.
 */
public final class BlockingWorld implements World {
  private static final String SHARED = Recorder.class.getPackageName() + ".";

  private final Path prelude;

  private BlockingWorld(Path prelude) {
    this.prelude = prelude;
  }

  /** Compiles what the blocking world consists of. */
  public static BlockingWorld create() {
    Path blocking = Folders.resources().resolve("blocking");
    Path env = Folders.sources().resolve("io/fermata/conformance/env");
    List<SourceText> sources = new ArrayList<>();
    for (Path file : javaFilesIn(blocking)) {
      sources.add(SourceText.read(blocking, file));
    }
    for (Path file : javaFilesIn(env)) {
      SourceText source = SourceText.read(Folders.sources(), file);
      boolean replaced = sources.stream().anyMatch(s -> s.className().equals(source.className()));
      if (!replaced && !source.simpleName().equals("package-info")) {
        sources.add(source);
      }
    }
    Compilation compilation =
        Javac.compile(sources, 17, List.of("-proc:none", "-cp", sharedClassPath()));
    if (!compilation.succeeded()) {
      throw new IllegalStateException(
          "the blocking world does not compile: " + compilation.errors());
    }
    return new BlockingWorld(compilation.classes());
  }

  @Override
  public Compilation compile(Collection<SourceText> sources, int release) {
    List<SourceText> spelledOut = sources.stream().map(BlockingSource::of).toList();
    return Javac.compile(
        spelledOut,
        release,
        List.of("-cp", prelude + File.pathSeparator + sharedClassPath()),
        List.of(new BlockingTwins()));
  }

  @Override
  public Cases load(Compilation compilation) {
    ClassLoader loader = compilation.load(new PreludeLoader(prelude));
    return (className, method, scenario) -> run(loader, className, method, scenario);
  }

  private static Outcome run(
      ClassLoader loader, String className, String method, Scenario scenario) {
    Recorder recorder = new Recorder(scenario);
    return Watchdog.run(
        recorder,
        () -> {
          Class<?> env = loader.loadClass("io.fermata.conformance.env.Env");
          Method template = loader.loadClass(className).getDeclaredMethod(method, env);
          template.setAccessible(true);
          return template.invoke(null, env.getConstructor(Recorder.class).newInstance(recorder));
        });
  }

  private static String sharedClassPath() {
    return locationOf(Recorder.class) + File.pathSeparator + locationOf(NullMarked.class);
  }

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> javaFilesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shares the JDK and the script with the tests, and nothing else. */
  private static final class PreludeLoader extends ClassLoader {
    private final Path classes;

    PreludeLoader(Path classes) {
      super(ClassLoader.getPlatformClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(SHARED)) {
        return Recorder.class.getClassLoader().loadClass(name);
      }
      Path file = classes.resolve(name.replace('.', '/') + ".class");
      if (!Files.exists(file)) {
        throw new ClassNotFoundException(name);
      }
      try {
        byte[] bytes = Files.readAllBytes(file);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
