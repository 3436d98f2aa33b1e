package goldens;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.Task;
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
final class PollingAsync {
  private PollingAsync() {
  }

  static Coro<Integer> waitFor(Polling.Server server, int most) {
    return new WaitFor(server, most);
  }

  static Coro<Void> countDown(int from) {
    return new CountDown(from);
  }

  @Generated
  private static final class WaitFor extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Polling", "waitFor", "Polling.java",
            "2:20 server most attempt,3:22 server most attempt",
            "54:19,56:20,73:21,75:22,86:24");

    private Polling.Server server;
    private int most;
    private int attempt;

    WaitFor(Polling.Server server, int most) {
      this.server = server;
      this.most = most;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Polling.Server server = this.server;
      int most = this.most;
      int attempt = this.attempt;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            attempt = 0;
          case 4:
            if (!(attempt < most)) {
              state = 5;
              continue;
            }
            // Polling.java:20  await(server.isReady(attempt))
            sent = await(task, server.isReady(attempt), depth);
            if (sent == SUSPENDED) {
              this.attempt = attempt;
              this.state = 2;
              return SUSPENDED;
            }
          case 2: {
            Boolean t$1 = (Boolean) sent;
            if (t$1) {
              state = 5;
              continue;
            }
            attempt++;
            // Polling.java:22  await(sleep(Duration.ofSeconds(attempt)))
            sent = await(task, Async.sleep(Duration.ofSeconds(attempt)), depth);
            if (sent == SUSPENDED) {
              this.attempt = attempt;
              this.state = 3;
              return SUSPENDED;
            }
          }
          case 3:
            state = 4;
            continue;
          case 5:
            return ended(attempt);
          default:
            throw new AssertionError(state);
        }
      }
    }

    @Override
    protected void clear() {
      this.server = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class CountDown extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Polling", "countDown", "Polling.java",
            "2:34 i",
            "125:29,130:30,131:31,132:32,133:33,135:34,143:29");

    private int from;
    private int i;

    CountDown(int from) {
      this.from = from;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      int i = this.i;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            i = this.from;
          case 3:
            if (!(i > 0)) {
              return null;
            }
            if (i % 2 == 0) {
              state = 4; continue;
            }
            System.out.println(i);
            // Polling.java:34  await(sleep(Duration.ofSeconds(1)))
            sent = await(task, Async.sleep(Duration.ofSeconds(1)), depth);
            if (sent == SUSPENDED) {
              this.i = i;
              this.state = 2;
              return SUSPENDED;
            }
          case 2:
          case 4:
            i--;
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
