package io.fermata;

import io.fermata.GroupPlan.Case;
import io.fermata.GroupPlan.Script;
import io.fermata.GroupPlan.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What CPython's asyncio makes of a {@link Case}: its {@code taskgroups.py} (3.13, and {@code
 * cancel()} of 3.15), line by line.
 *
 * <p>These are ours: a cancellation from outside that comes while the group is being cancelled by
 * {@link TaskGroup#cancel} goes on when the block is left, where asyncio drops it; a limit of how
 * many tasks run at a time; failures that are isolated.
 */
final class TaskGroupModel extends AsyncioModel {
  private int end;
  private String out;
  private int cancelling;
  private String next;
  private final List<String> reports = new ArrayList<>();

  private TaskGroupModel() {}

  /** What must be seen; null if two things happen at the same time, and either may be first. */
  static Seen of(Case given) {
    TaskGroupModel model = new TaskGroupModel();
    model.run(given);
    return model.tied
        ? null
        : new Seen(
            model.end,
            model.out,
            model.cancelling,
            model.next,
            List.copyOf(model.ended),
            model.reports.stream().sorted().toList());
  }

  private void run(Case given) {
    Task main = new Task(null);
    main.start(new Main(main, given));
    for (int when : given.cancelledAt()) {
      at(when, main::cancel);
    }
    runUntilIdle();
  }

  /** taskgroups.py: {@code async with} around a script. */
  private final class Group implements Steps {
    private enum Phase {
      BEFORE,
      BODY,
      EXITING
    }

    private final GroupPlan plan;
    private final Task parent;
    private final Set<Task> tasks = new LinkedHashSet<>();
    private final List<String> errors = new ArrayList<>();
    private final Deque<Future> line = new ArrayDeque<>();
    private int running;
    private Phase phase = Phase.BEFORE;
    private Steps body;
    private boolean cancelOnEnter;
    private boolean aborting;
    private boolean parentCancelRequested;
    private boolean waiting;
    private Future onCompleted;
    private Raised thrown;
    private Raised propagate;
    private Raised swallowed;

    Group(GroupPlan plan, Task parent) {
      this.plan = plan;
      this.parent = parent;
      this.cancelOnEnter = plan.cancelledBeforeEntry();
      for (int when : plan.cancelledAt()) {
        at(when, this::cancel);
      }
    }

    @Override
    public Future step(Raised given) throws Raised {
      Raised sent = given;
      if (phase == Phase.BEFORE) {
        phase = Phase.BODY;
        if (cancelOnEnter) {
          cancel();
        }
        body = new Body(this, parent, plan.body(), plan.children());
      }
      if (phase == Phase.BODY) {
        try {
          Future waitedFor = body.step(sent);
          if (waitedFor != null) {
            return waitedFor;
          }
        } catch (Raised raised) {
          thrown = raised;
        }
        sent = null;
        beginExit();
      }
      return exit(sent);
    }

    private void beginExit() {
      phase = Phase.EXITING;
      if (thrown != null) {
        if (thrown.isCancellation()) {
          propagate = thrown;
        }
        if (!aborting) {
          abort();
        }
      }
    }

    private Future exit(Raised sent) throws Raised {
      if (waiting) {
        waiting = false;
        if (sent != null) {
          swallowed = sent;
          if (!aborting) {
            propagate = sent;
            abort();
          }
        }
        onCompleted = null;
      }
      if (!tasks.isEmpty()) {
        onCompleted = new Future();
        waiting = true;
        return onCompleted;
      }
      if (parentCancelRequested && parent.uncancel() == 0) {
        propagate = null;
        swallowed = null;
      }
      if (propagate != null && errors.isEmpty()) {
        throw propagate;
      }
      if (thrown != null && !thrown.isCancellation()) {
        errors.add(thrown.getMessage());
      }
      if (!errors.isEmpty()) {
        if (parent.requests > 0) {
          parent.uncancel();
          parent.cancel();
        }
        throw plan.isolated() ? thrown : new Raised(group(errors));
      }
      if (swallowed != null) {
        throw swallowed; // ours: asyncio drops it
      }
      return null;
    }

    void createTask(Script script) throws Raised {
      if (aborting) {
        throw new Raised("refused");
      }
      Task task = new Task(script.name());
      Body steps = new Body(this, task, script, List.of());
      if (running < plan.limit()) {
        running++;
        task.start(steps);
        task.addDoneCallback(this::giveAway);
      } else {
        Future turn = new Future();
        line.add(turn);
        task.startAfter(turn, steps);
        task.addDoneCallback(
            () -> {
              if (!line.remove(turn)) {
                giveAway();
              }
            });
      }
      tasks.add(task);
      task.addDoneCallback(() -> onTaskDone(task));
    }

    private void giveAway() {
      Future turn = line.poll();
      if (turn == null) {
        running--;
      } else {
        turn.setResult();
      }
    }

    void cancel() {
      if (phase == Phase.BEFORE) {
        cancelOnEnter = true;
        return;
      }
      if (phase == Phase.EXITING && tasks.isEmpty()) {
        return;
      }
      if (!aborting) {
        abort();
      }
      if (phase == Phase.BODY && !parentCancelRequested) {
        parentCancelRequested = true; // asyncio does so while it exits, too, and takes it back
        parent.cancel();
      }
    }

    private void abort() {
      aborting = true;
      for (Task task : List.copyOf(tasks)) {
        task.cancel();
      }
    }

    private void onTaskDone(Task task) {
      tasks.remove(task);
      if (onCompleted != null && tasks.isEmpty()) {
        onCompleted.setResult();
      }
      if (task.exception == null || task.exception.isCancellation()) {
        return;
      }
      if (plan.isolated()) {
        reports.add(task.exception.getMessage());
        return;
      }
      errors.add(task.exception.getMessage());
      if (!aborting && !parentCancelRequested) {
        abort();
        parentCancelRequested = true;
        parent.cancel();
      }
    }
  }

  /** What {@link Script} says, as the block of a group or as one of its tasks. */
  private final class Body implements Steps {
    private enum At {
      START,
      FIRST,
      CLEANUP,
      LAST
    }

    private final Group group;
    private final Script script;
    private final List<Script> tasks;
    private final Steps inner;
    private At at = At.START;

    Body(Group group, Task task, Script script, List<Script> tasks) {
      this.group = group;
      this.script = script;
      this.tasks = tasks;
      this.inner = script.inner() == null ? null : new Group(script.inner(), task);
    }

    @Override
    public Future step(Raised sent) throws Raised {
      return switch (at) {
        case START -> {
          for (Script task : tasks) {
            group.createTask(task);
          }
          at = At.FIRST;
          if (inner == null && script.sleep() >= 0) {
            yield sleep(script.sleep());
          }
          yield inner == null ? end() : guarded(null);
        }
        case FIRST -> guarded(sent);
        case CLEANUP -> {
          if (sent != null) {
            throw sent;
          }
          yield afterCleanup();
        }
        case LAST -> {
          if (sent != null) {
            throw sent;
          }
          yield null;
        }
      };
    }

    private Future guarded(Raised sent) throws Raised {
      try {
        if (inner != null) {
          Future waitedFor = inner.step(sent);
          if (waitedFor != null) {
            return waitedFor;
          }
        } else if (sent != null) {
          throw sent;
        }
      } catch (Raised raised) {
        if (!raised.isCancellation()) {
          throw raised;
        }
        return onCancel(raised);
      }
      return end();
    }

    private Future onCancel(Raised cancelled) throws Raised {
      switch (script.onCancel()) {
        case LEAVES -> throw cancelled;
        case FAILS -> throw new Raised(script.name() + "'s cleanup");
        case SWALLOWS -> {
          return null;
        }
        case LEAVES_SLOWLY, FAILS_SLOWLY -> {
          at = At.CLEANUP;
          return sleep(script.cleanup());
        }
      }
      throw new AssertionError(script);
    }

    private Future afterCleanup() throws Raised {
      throw new Raised(
          script.onCancel() == GroupPlan.OnCancel.FAILS_SLOWLY
              ? script.name() + "'s cleanup"
              : CANCELLED);
    }

    private Future end() throws Raised {
      switch (script.end()) {
        case RETURNS -> {}
        case FAILS -> throw new Raised(script.name());
        case THROWS_CANCELLED -> throw new Raised(CANCELLED);
        case CANCELS_GROUP -> group.cancel();
        case CANCELS_GROUP_AND_SLEEPS -> {
          group.cancel();
          at = At.LAST;
          return sleep(script.cleanup());
        }
        case CANCELS_GROUP_AND_FAILS -> {
          group.cancel();
          throw new Raised(script.name());
        }
      }
      return null;
    }
  }

  /** The task that runs the group, and awaits once more. */
  private final class Main implements Steps {
    private final Task task;
    private final Steps group;
    private final boolean cancelledBefore;
    private boolean entered;
    private boolean left;

    Main(Task task, Case given) {
      this.task = task;
      this.group = new Group(given.group(), task);
      this.cancelledBefore = given.cancelledBefore();
    }

    @Override
    public Future step(Raised sent) {
      if (left) {
        next = sent == null ? "went on" : sent.getMessage();
        return null;
      }
      if (!entered && cancelledBefore) {
        task.cancel();
      }
      entered = true;
      try {
        Future waitedFor = group.step(sent);
        if (waitedFor != null) {
          return waitedFor;
        }
        out = "returned";
      } catch (Raised raised) {
        out = raised.getMessage();
      }
      left = true;
      end = now;
      cancelling = task.requests;
      Future yielded = new Future();
      ready.add(yielded::setResult);
      return yielded;
    }
  }

  /** The order of failures at the same moment is of no account. */
  static String group(List<String> members) {
    return "group" + members.stream().sorted().toList();
  }
}
