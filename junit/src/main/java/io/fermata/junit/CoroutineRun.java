package io.fermata.junit;

import io.fermata.Async;
import io.fermata.Context;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.RunOptions;
import io.fermata.Runner;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import io.fermata.TaskOptions;
import io.fermata.testing.FaultInjector;
import io.fermata.testing.TimeLimitException;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loop, the coroutines of one test that run on it, and what is found when they have ended. */
final class CoroutineRun {
  /** Knows where all was made, and of coroutines that are never awaited. */
  static final RunOptions THOROUGH = RunOptions.DEFAULT.withDebug();

  /** Ten times as fast. */
  static final RunOptions QUICK = RunOptions.DEFAULT.withoutDebug();

  private final Settings settings;
  private final Runner runner;
  private final EventLoop loop;
  private final Context context = Context.copyOfCurrent();
  private final List<ExceptionContext> reported = new ArrayList<>();
  private final BlockedThread blocked = new BlockedThread();

  /** A run on a loop of the kind that is set. */
  static CoroutineRun of(Settings settings) {
    return new CoroutineRun(
        settings, settings.isVirtual() ? new VirtualTimeLoop() : new SelectorLoop(), THOROUGH);
  }

  /**
   * A run.
   *
   * @param options {@link #THOROUGH} or {@link #QUICK}
   */
  CoroutineRun(Settings settings, EventLoop loop, RunOptions options) {
    this.settings = settings;
    this.loop = loop;
    this.runner = new Runner(options.withLoopFactory(() -> loop));
    runner.getLoop().setExceptionHandler((running, context) -> reported.add(context));
    loop.setSlowCallbackDuration(ChronoUnit.FOREVER.getDuration()); // it is told as a finding
    if (loop instanceof VirtualTimeLoop virtual && settings.isTolerated(Finding.DEADLOCK)) {
      virtual.expectOtherThreads();
    }
    inject(null);
  }

  /** Has the injector stand by from now on; null for nobody. */
  void inject(@Nullable FaultInjector injector) {
    if (loop instanceof VirtualTimeLoop virtual) {
      virtual.injectFaults(
          task -> {
            blocked.stepBegins();
            return injector == null ? null : injector.beforeResume(task);
          });
    }
  }

  EventLoop loop() {
    return loop;
  }

  /** Runs a coroutine to its end; {@link TimeLimitException} if it takes longer. */
  @Nullable Object run(Coro<?> coro, String name, Optional<Duration> timeout) {
    limitTime(timeout.orElse(null));
    try (BlockedThread.Watch watch = blocked.watch(Thread.currentThread())) {
      return runner.run(loop.createTask(coro, TaskOptions.named(name).withContext(context)));
    } finally {
      limitTime(null);
    }
  }

  private void limitTime(@Nullable Duration limit) {
    if (loop instanceof VirtualTimeLoop virtual) {
      virtual.limitTime(limit);
    }
  }

  /**
   * Ends what is left, and gives what fails the test; empty if nothing does.
   *
   * @param thrown what the test has failed with: what it left undone then is no wonder
   */
  Findings end(@Nullable Throwable thrown) {
    Findings findings = new Findings(settings);
    if (thrown == null) {
      List<Task<?>> left = List.copyOf(Async.allTasks(loop));
      if (!left.isEmpty()) {
        findings.tasksLeft(left);
      }
    }
    runner.close();
    reported.forEach(each -> findings.reported(each, thrown));
    blocked.places().forEach(findings::blocked);
    return findings;
  }
}
