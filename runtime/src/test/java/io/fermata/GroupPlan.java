package io.fermata;

import java.util.List;

/**
 * What happens to a task group, as data: {@link TaskGroupModel} tells what must come of it, and
 * {@link GroupRun} carries it out.
 *
 * @param name stands in the texts of failures
 * @param body what the block does
 * @param children the group's tasks, created at the beginning of the block
 * @param cancelledBeforeEntry whether {@code cancel()} is called before the block is entered
 * @param cancelledAt when {@code cancel()} is called from elsewhere
 * @param limit how many tasks run at a time
 * @param isolated whether a task's failure concerns no other
 */
record GroupPlan(
    String name,
    Script body,
    List<Script> children,
    boolean cancelledBeforeEntry,
    List<Integer> cancelledAt,
    int limit,
    boolean isolated) {

  /** How a script ends when nobody cancels it. */
  enum End {
    RETURNS,
    FAILS,
    THROWS_CANCELLED,
    CANCELS_GROUP,
    CANCELS_GROUP_AND_SLEEPS,
    CANCELS_GROUP_AND_FAILS
  }

  /** What a script does when it is cancelled. */
  enum OnCancel {
    LEAVES,
    FAILS,
    LEAVES_SLOWLY,
    FAILS_SLOWLY,
    SWALLOWS
  }

  /**
   * What the block or a task of a group does.
   *
   * @param name stands in the texts of its failures
   * @param sleep how long it sleeps first; negative for not at all
   * @param inner a group that it runs in place of the sleep, or null
   * @param end how it ends
   * @param onCancel what it does when it is cancelled
   * @param cleanup how long that takes where it is slow
   */
  record Script(String name, int sleep, GroupPlan inner, End end, OnCancel onCancel, int cleanup) {}

  /**
   * A task that runs a group.
   *
   * @param group the group
   * @param cancelledBefore whether the task is cancelled before it enters the block
   * @param cancelledAt when it is cancelled from outside
   */
  record Case(GroupPlan group, boolean cancelledBefore, List<Integer> cancelledAt) {}

  /**
   * What is seen of a case.
   *
   * @param end when the block was left
   * @param out what came out of it
   * @param cancelling the task's requests then
   * @param next what the next await did
   * @param children how the tasks ended, those of inner groups too
   * @param reports the failures that the loop's exception handler was told
   */
  record Seen(
      int end,
      String out,
      int cancelling,
      String next,
      List<String> children,
      List<String> reports) {}
}
