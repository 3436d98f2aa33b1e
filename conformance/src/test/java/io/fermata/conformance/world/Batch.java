package io.fermata.conformance.world;

import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sources compiled in one world, in one go; where that fails, in halves, so that one bad source
 * does not hide what the others do.
 */
public final class Batch {
  private final World world;
  private final int release;
  private final Map<String, Compilation> compilations = new HashMap<>();
  private final Map<String, World.Cases> loaded = new HashMap<>();

  private Batch(World world, int release) {
    this.world = world;
    this.release = release;
  }

  /** Compiles {@code sources}. */
  public static Batch of(World world, List<SourceText> sources, int release) {
    Batch batch = new Batch(world, release);
    batch.compile(sources);
    return batch;
  }

  private void compile(List<SourceText> sources) {
    if (sources.isEmpty()) {
      return;
    }
    Compilation compilation = world.compile(sources, release);
    if (compilation.succeeded()) {
      World.Cases cases = world.load(compilation);
      for (SourceText source : sources) {
        compilations.put(source.className(), compilation);
        loaded.put(source.className(), cases);
      }
    } else if (sources.size() == 1) {
      compilations.put(sources.get(0).className(), compilation);
    } else {
      int half = sources.size() / 2;
      compile(new ArrayList<>(sources.subList(0, half)));
      compile(new ArrayList<>(sources.subList(half, sources.size())));
    }
  }

  /** What javac made of {@code className}. */
  public Compilation compilation(String className) {
    return get(compilations, className);
  }

  /** Runs a case of a class that compiled. */
  public Outcome run(String className, String method, Scenario scenario) {
    return get(loaded, className).run(className, method, scenario);
  }

  /** Deletes what javac wrote. */
  public void delete() {
    compilations.values().stream().distinct().forEach(Compilation::delete);
  }

  private static <V> V get(Map<String, V> map, String className) {
    V value = map.get(className);
    if (value == null) {
      throw new IllegalStateException(className + " was not compiled");
    }
    return value;
  }
}
