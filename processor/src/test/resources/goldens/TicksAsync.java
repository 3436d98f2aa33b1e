package goldens;

import io.fermata.Async;
import io.fermata.AsyncGenerator;
import io.fermata.Generator;
import io.fermata.Task;
import io.fermata.codegen.Generated;
import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.LineTable;
import java.time.Duration;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class TicksAsync {
  private TicksAsync() {
  }

  static AsyncGenerator<Integer> ticks(int limit) {
    return new Ticks$1(limit).toAsyncGenerator();
  }

  static Generator<Integer> squares() {
    return new Squares().toGenerator();
  }

  @Generated
  private static final class Ticks$1 extends GeneratorBody<Integer> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Ticks", "ticks", "Ticks.java",
            "2:17 limit i,3:18 limit i",
            "52:16,58:17,66:18,71:16");

    private int limit;
    private int i;

    Ticks$1(int limit) {
      this.limit = limit;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      int limit = this.limit;
      int i = this.i;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            i = 0;
          case 4:
            if (!(i < limit)) {
              return null;
            }
            // Ticks.java:17  await(sleep(Duration.ofSeconds(1)))
            sent = await(task, Async.sleep(Duration.ofSeconds(1)), depth);
            if (sent == SUSPENDED) {
              this.i = i;
              this.state = 2;
              return SUSPENDED;
            }
          case 2:
            // Ticks.java:18  out.emit(i)
            this.current = i;
            this.i = i;
            this.state = 3;
            return EMITTED;
          case 3:
            i++;
            state = 4;
            continue;
          default:
            throw new AssertionError(state);
        }
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class Squares extends GeneratorBody<Integer> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Ticks", "squares", "Ticks.java",
            "2:25 i",
            "102:24,105:25,110:24");

    private int i;

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      int i = this.i;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            i = 0;
          case 3:
            // Ticks.java:25  out.yield(i * i)
            this.current = i * i;
            this.i = i;
            this.state = 2;
            return EMITTED;
          case 2:
            i++;
            state = 3;
            continue;
          default:
            throw new AssertionError(state);
        }
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
