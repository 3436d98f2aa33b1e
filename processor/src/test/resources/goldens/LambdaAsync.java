package goldens;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class LambdaAsync {
  private LambdaAsync() {
  }

  static Coro<Integer> race(List<String> names, int factor) {
    return new Race(names, factor);
  }

  @Generated
  private static final class Race extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Lambda", "race", "Lambda.java",
            "2:33",
            "56:19,57:20,58:21,59:22,60:23,61:28,62:29,63:30,64:31,65:32,69:35,71:32,72:33");

    private List<String> names;
    private int factor;
    private Iterator<? extends Task<Integer>> t$1;
    private int t$2;

    Race(List<String> names, int factor) {
      this.names = names;
      this.factor = factor;
    }

    @Override
    protected Object resume(Task<?> task$1, Object sent, int depth) throws Throwable {
      int total = 0;
      Iterator<? extends Task<Integer>> t$1 = this.t$1;
      int t$2 = this.t$2;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START: {
            List<String> names = this.names;
            int factor = this.factor;
            List<Task<Integer>> tasks = new ArrayList<>();
            for (String name : names) {
              Task<Integer> task =
                  Async.createTask(
                      new RaceLambda(name, factor));
              task.addDoneCallback(done -> System.out.println(name));
              tasks.add(task);
            }
            total = 0;
            t$1 = tasks.iterator();
          }
          case 3: {
            if (!t$1.hasNext()) {
              return ended(total);
            }
            Task<Integer> task = t$1.next();
            t$2 = total;
            // Lambda.java:33  await(task)
            sent = await(task$1, task, depth);
            if (sent == SUSPENDED) {
              this.t$1 = t$1;
              this.t$2 = t$2;
              this.names = null;
              this.state = 2;
              return SUSPENDED;
            }
          }
          case 2: {
            Integer t$3 = (Integer) sent;
            total = t$2 + t$3;
            state = 3;
            continue;
          }
          default:
            throw new AssertionError(state);
        }
      }
    }

    @Override
    protected void clear() {
      this.names = null;
      this.t$1 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class RaceLambda extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Lambda", "race", "Lambda.java",
            "2:25 name factor",
            "129:25,135:26");

    private String name;
    private int factor;

    RaceLambda(String name, int factor) {
      this.name = name;
      this.factor = factor;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      String name = this.name;
      int factor = this.factor;
      switch (this.state) {
        case START:
          // Lambda.java:25  await(sleep(Duration.ofSeconds(1)))
          sent = await(task, Async.sleep(Duration.ofSeconds(1)), depth);
          if (sent == SUSPENDED) {
            this.state = 2;
            return SUSPENDED;
          }
        case 2:
          return ended(name.length() * factor);
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected void clear() {
      this.name = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
