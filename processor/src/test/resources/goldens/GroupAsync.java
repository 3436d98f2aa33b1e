package goldens;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.time.Duration;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class GroupAsync {
  private GroupAsync() {
  }

  static Coro<String> both() {
    return new Both();
  }

  @Generated
  private static final class Both extends Continuation<String, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Group", "both", "Group.java",
            "2:17 group first second,-3:17 first second",
            "51:17,61:18,62:19,66:17,85:21,89:17");

    private TaskGroup group;
    private Task<String> first;
    private Task<String> second;
    private Throwable thrown$1;

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      TaskGroup group = this.group;
      Task<String> first = this.first;
      Task<String> second = this.second;
      Throwable thrown$1 = this.thrown$1;
      Throwable t$1 = null;
      int state = this.state;
      int region = 0;
      for (; ; ) {
        try {
          switch (state) {
            case START:
              group = TaskGroup.open();
              // Group.java:17  enter: TaskGroup group = TaskGroup.open()
              sent = await(task, group.enter(), depth);
              if (sent == SUSPENDED) {
                this.group = group;
                this.state = 2;
                return SUSPENDED;
              }
            case 2:
              region = 1;
              first = group.createTask(Async.sleep(Duration.ofSeconds(1), "a"));
              second = group.createTask(Async.sleep(Duration.ofSeconds(2), "b"));
            case 4:
              region = 2;
              // Group.java:17  exit: TaskGroup group = TaskGroup.open()
              sent = await(task, group.exit(thrown$1), depth);
              if (sent == SUSPENDED) {
                this.first = first;
                this.second = second;
                this.thrown$1 = thrown$1;
                this.group = null;
                this.state = -3;
                return SUSPENDED;
              }
            case -3: {
              region = 2;
              Throwable outcome$1 = (Throwable) received(sent);
              region = 0;
              if (outcome$1 != null) {
                throw outcome$1;
              }
              if (thrown$1 != null) {
                throw swallowed("TaskGroup group = TaskGroup.open()", 17);
              }
              return ended(first.result() + second.result());
            }
            case 5:
              region = 0;
              throw exitFailed(t$1, thrown$1);
            default:
              throw new AssertionError(state);
          }
        } catch (Throwable caught) {
          switch (region) {
            case 1:
              thrown$1 = told(caught);
              state = 4;
              continue;
            case 2:
              t$1 = told(caught);
              state = 5;
              continue;
            default:
              throw caught;
          }
        }
      }
    }

    @Override
    protected void clear() {
      this.group = null;
      this.first = null;
      this.second = null;
      this.thrown$1 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
