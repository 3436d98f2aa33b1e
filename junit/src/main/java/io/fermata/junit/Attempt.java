package io.fermata.junit;

import io.fermata.RunOptions;
import io.fermata.testing.FaultInjector;
import io.fermata.testing.VirtualTimeLoop;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test of which each run is a test of its own, with all that JUnit calls before and after. */
final class Attempt {
  private final Settings settings;
  private final Instances instances;
  private final List<RecordedCall> before;
  private final RecordedCall test;
  private final AfterEachMethods after;

  Attempt(ExtensionContext context, List<RecordedCall> before, RecordedCall test) {
    this.settings = Settings.of(context);
    this.instances = new Instances(context);
    this.before = before;
    this.test = test;
    this.after = new AfterEachMethods(context);
  }

  /** The test itself. */
  Step test() {
    return test.step();
  }

  /** Runs it; gives what it fails with, or null. */
  @Nullable Throwable run(VirtualTimeLoop loop) {
    return run(loop, CoroutineRun.THOROUGH, null, failure -> false);
  }

  /**
   * Runs it without all that takes time to remember, and once more, with that, if it fails.
   *
   * @param loops loops with the same order
   */
  @Nullable Throwable runQuickly(Supplier<VirtualTimeLoop> loops) {
    Throwable failure = run(loops.get(), CoroutineRun.QUICK, null, thrown -> false);
    if (failure == null) {
      return null;
    }
    Throwable again = run(loops.get());
    return again == null ? failure : again;
  }

  /**
   * Runs it with somebody standing by while the test itself runs.
   *
   * @param expected what may come out of the test
   */
  @Nullable Throwable run(
      VirtualTimeLoop loop, FaultInjector injector, Predicate<Throwable> expected) {
    return run(loop, CoroutineRun.THOROUGH, injector, expected);
  }

  private @Nullable Throwable run(
      VirtualTimeLoop loop,
      RunOptions options,
      @Nullable FaultInjector injector,
      Predicate<Throwable> expected) {
    CoroutineRun run = new CoroutineRun(settings, loop, options);
    List<Object> renewed = instances.renewed();
    Throwable failure = null;
    try {
      for (RecordedCall each : before) {
        each.replay(run, instances, renewed);
      }
      failure = runTest(run, injector, expected, renewed);
    } catch (Throwable t) {
      failure = t;
    }
    failure = after.run(run, renewed, failure);
    Findings findings = run.end(failure);
    if (failure != null) {
      findings.addTo(failure);
      return failure;
    }
    return findings.toErrorOrNull();
  }

  private @Nullable Throwable runTest(
      CoroutineRun run,
      @Nullable FaultInjector injector,
      Predicate<Throwable> expected,
      List<Object> renewed) {
    try {
      run.inject(injector);
      test.replay(run, instances, renewed);
      return null;
    } catch (Throwable t) {
      return expected.test(t) ? null : t;
    } finally {
      run.inject(null);
    }
  }
}
