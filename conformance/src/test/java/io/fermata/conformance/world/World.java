package io.fermata.conformance.world;

import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Scenario;
import java.util.Collection;

/** A meaning of {@code await}: compiles sources and runs their cases. */
public interface World {

  /** Compiles all sources in one go. */
  Compilation compile(Collection<SourceText> sources, int release);

  /** The cases of a compilation, ready to run. */
  Cases load(Compilation compilation);

  /** Runs cases. */
  @FunctionalInterface
  interface Cases {
    /** Runs the static method {@code method(Env)} of {@code className}. */
    Outcome run(String className, String method, Scenario scenario);
  }
}
