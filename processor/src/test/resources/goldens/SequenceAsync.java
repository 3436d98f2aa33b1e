package goldens;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.time.Duration;

/**
 * The coroutines of {@link Sequence}.
 */
@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
public final class SequenceAsync {
  private SequenceAsync() {
  }

  /**
   * Says it later.
   *
   * @return the coroutine
   */
  static Coro<String> sayAfter(Duration delay, String what) {
    return new SayAfter(delay, what);
  }

  static Coro<Integer> sum(int a, int b) {
    return new Sum(a, b);
  }

  static Coro<Long> constant() {
    return new Constant();
  }

  @Generated
  private static final class SayAfter extends Continuation<String, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Sequence", "sayAfter", "Sequence.java",
            "2:15 delay what,3:18 said",
            "65:15,71:16,72:17,74:18,83:19");

    private Duration delay;
    private String what;
    private String said;

    SayAfter(Duration delay, String what) {
      this.delay = delay;
      this.what = what;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Duration delay = this.delay;
      String what = this.what;
      String said = this.said;
      switch (this.state) {
        case START:
          // Sequence.java:15  await(sleep(delay))
          sent = await(task, Async.sleep(delay), depth);
          if (sent == SUSPENDED) {
            this.state = 2;
            return SUSPENDED;
          }
        case 2:
          said = "said " + what;
          System.out.println(said);
          // Sequence.java:18  await(sleep(delay))
          sent = await(task, Async.sleep(delay), depth);
          if (sent == SUSPENDED) {
            this.said = said;
            this.delay = null;
            this.what = null;
            this.state = 3;
            return SUSPENDED;
          }
        case 3:
          return ended(said);
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected void clear() {
      this.delay = null;
      this.what = null;
      this.said = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class Sum extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Sequence", "sum", "Sequence.java",
            "2:24 b,3:25 first",
            "126:24,135:25,143:26");

    private int a;
    private int b;
    private int first;

    Sum(int a, int b) {
      this.a = a;
      this.b = b;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      int b = this.b;
      int first = this.first;
      switch (this.state) {
        case START: {
          int a = this.a;
          // Sequence.java:24  await(sleep(Duration.ofMillis(a), a))
          sent = await(task, Async.sleep(Duration.ofMillis(a), a), depth);
          if (sent == SUSPENDED) {
            this.state = 2;
            return SUSPENDED;
          }
        }
        case 2:
          first = (Integer) sent;
          // Sequence.java:25  await(sleep(Duration.ofMillis(b), b))
          sent = await(task, Async.sleep(Duration.ofMillis(b), b), depth);
          if (sent == SUSPENDED) {
            this.first = first;
            this.state = 3;
            return SUSPENDED;
          }
        case 3: {
          int second = (Integer) sent;
          return first + second;
        }
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class Constant extends Continuation<Long, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Sequence", "constant", "Sequence.java",
            "2:31",
            "168:31,174:32");

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      switch (this.state) {
        case START:
          // Sequence.java:31  await(sleep(Duration.ZERO))
          sent = await(task, Async.sleep(Duration.ZERO), depth);
          if (sent == SUSPENDED) {
            this.state = 2;
            return SUSPENDED;
          }
        case 2:
          return (long) 5;
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
