package io.fermata;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;

import io.fermata.GroupPlan.Case;
import io.fermata.GroupPlan.End;
import io.fermata.GroupPlan.OnCancel;
import io.fermata.GroupPlan.Script;
import io.fermata.GroupPlan.Seen;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeSet;

/** Carries a {@link Case} out with the runtime's own groups. */
final class GroupRun {
  private final VirtualTimeLoop loop;
  private final Case given;
  private final IdentityHashMap<GroupPlan, TaskGroup> groups = new IdentityHashMap<>();
  private final TreeSet<String> children = new TreeSet<>();

  /** What the scripts have thrown, cancellations apart. */
  final List<Throwable> thrown = new ArrayList<>();

  /** What came to the loop's exception handler. */
  final List<ExceptionContext> reports = new ArrayList<>();

  /** The requests of cancellation from outside, until the block was left. */
  int requests;

  /** What came out of the block, or null. */
  Throwable out;

  private Seen seen;
  private String next;

  private GroupRun(Case given, VirtualTimeLoop loop) {
    this.given = given;
    this.loop = loop;
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
  }

  static GroupRun of(Case given, VirtualTimeLoop loop) {
    GroupRun run = new GroupRun(given, loop);
    run.prepare(given.group());
    Task<Void> main = loop.createTask(coroVoid("main", run::main));
    for (int when : given.cancelledAt()) {
      loop.callAt(
          nanos(when),
          () -> {
            if (run.seen == null) {
              run.requests++;
              main.cancel();
            }
          });
    }
    loop.runUntilComplete(main);
    loop.close();
    return run;
  }

  Seen seen() {
    return new Seen(
        seen.end(),
        seen.out(),
        seen.cancelling(),
        next,
        List.copyOf(children),
        reports.stream().map(report -> describe(report.exception())).sorted().toList());
  }

  private void prepare(GroupPlan plan) {
    GroupOptions options = GroupOptions.DEFAULT.withLimit(plan.limit());
    TaskGroup group = TaskGroup.open(plan.isolated() ? options.withIsolatedFailures() : options);
    groups.put(plan, group);
    if (plan.cancelledBeforeEntry()) {
      group.cancel();
    }
    for (int when : plan.cancelledAt()) {
      loop.callAt(nanos(when), group::cancel);
    }
    prepare(plan.body());
    plan.children().forEach(this::prepare);
  }

  private void prepare(Script script) {
    if (script.inner() != null) {
      prepare(script.inner());
    }
  }

  private void main() throws Throwable {
    if (given.cancelledBefore()) {
      requests++;
      Async.currentTask().cancel();
    }
    try {
      block(given.group());
    } catch (Throwable t) {
      out = t;
    }
    seen =
        new Seen(
            (int) (loop.time() / 1_000),
            describe(out),
            Async.currentTask().cancelling(),
            "",
            List.of(),
            List.of());
    try {
      await(sleep(Duration.ZERO));
      next = "went on";
    } catch (CancelledError e) {
      next = describe(e);
    }
  }

  private void block(GroupPlan plan) throws Throwable {
    TaskGroup group = groups.get(plan);
    with(
        group,
        () -> {
          for (Script child : plan.children()) {
            Task<Void> task = create(group, child);
            task.addDoneCallback(done -> children.add(child.name() + " " + describe(done)));
          }
          run(group, plan.body());
        });
  }

  private Task<Void> create(TaskGroup group, Script child) {
    try {
      return group.createTask(coroVoid(child.name(), () -> run(group, child)));
    } catch (IllegalStateException refused) {
      thrown.add(refused);
      throw refused;
    }
  }

  private void run(TaskGroup group, Script script) throws Throwable {
    try {
      if (script.inner() != null) {
        block(script.inner());
      } else if (script.sleep() >= 0) {
        await(sleep(micros(script.sleep())));
      }
    } catch (CancelledError e) {
      if (script.onCancel() == OnCancel.LEAVES_SLOWLY
          || script.onCancel() == OnCancel.FAILS_SLOWLY) {
        await(sleep(micros(script.cleanup())));
      }
      switch (script.onCancel()) {
        case FAILS, FAILS_SLOWLY -> throw failure(script.name() + "'s cleanup");
        case LEAVES, LEAVES_SLOWLY -> throw e;
        case SWALLOWS -> {
          return;
        }
      }
    }
    end(group, script);
  }

  private void end(TaskGroup group, Script script) {
    switch (script.end()) {
      case CANCELS_GROUP, CANCELS_GROUP_AND_SLEEPS, CANCELS_GROUP_AND_FAILS -> group.cancel();
      default -> {}
    }
    if (script.end() == End.CANCELS_GROUP_AND_SLEEPS) {
      await(sleep(micros(script.cleanup())));
    }
    if (script.end() == End.FAILS || script.end() == End.CANCELS_GROUP_AND_FAILS) {
      throw failure(script.name());
    }
    if (script.end() == End.THROWS_CANCELLED) {
      throw new CancelledError();
    }
  }

  private IllegalArgumentException failure(String text) {
    IllegalArgumentException failure = new IllegalArgumentException(text);
    thrown.add(failure);
    return failure;
  }

  private static Duration micros(int micros) {
    return Duration.ofNanos(nanos(micros));
  }

  private static long nanos(int micros) {
    return micros * 1_000L;
  }

  private static String describe(Promise<?> done) {
    return done.isCancelled() ? "cancelled" : describe(done.exception());
  }

  private static String describe(Throwable thrown) {
    if (thrown == null) {
      return "returned";
    }
    if (thrown instanceof CancelledError) {
      return "cancelled";
    }
    if (thrown instanceof ExceptionGroup group) {
      return TaskGroupModel.group(group.exceptions().stream().map(GroupRun::describe).toList());
    }
    return thrown instanceof IllegalStateException ? "refused" : thrown.getMessage();
  }
}
