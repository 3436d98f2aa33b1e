package goldens;

import io.fermata.AsyncIterable;
import io.fermata.AsyncIterator;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class FeedAsync {
  private FeedAsync() {
  }

  static Coro<Integer> total(AsyncIterable<Integer> prices) {
    return new Total(prices);
  }

  static Coro<Void> all(List<Coro<String>> names) {
    return new All(names);
  }

  @Generated
  private static final class Total extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Feed", "total", "Feed.java",
            "2:16 total",
            "55:15,56:16,70:19,72:16,73:17");

    private AsyncIterable<Integer> prices;
    private int total;
    private AsyncIterator<? extends Integer> t$1;

    Total(AsyncIterable<Integer> prices) {
      this.prices = prices;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      int total = this.total;
      AsyncIterator<? extends Integer> t$1 = this.t$1;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            total = 0;
            t$1 = this.prices.asyncIterator();
          case 3:
            // Feed.java:16  for (int price : prices)
            sent = await(task, t$1.moveNext(), depth);
            if (sent == SUSPENDED) {
              this.total = total;
              this.t$1 = t$1;
              this.prices = null;
              this.state = 2;
              return SUSPENDED;
            }
          case 2: {
            boolean t$2 = (Boolean) sent;
            if (!t$2) {
              return ended(total);
            }
            int price = t$1.current();
            total += price;
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
      this.prices = null;
      this.t$1 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class All extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Feed", "all", "Feed.java",
            "2:25",
            "118:24,124:25");

    private List<Coro<String>> names;
    private Iterator<? extends Coro<String>> t$1;
    private PrintStream t$2;

    All(List<Coro<String>> names) {
      this.names = names;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Iterator<? extends Coro<String>> t$1 = this.t$1;
      PrintStream t$2 = this.t$2;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            t$1 = this.names.iterator();
          case 3: {
            if (!t$1.hasNext()) {
              return ended(null);
            }
            Coro<String> name = t$1.next();
            t$2 = System.out;
            // Feed.java:25  await(name)
            sent = await(task, name, depth);
            if (sent == SUSPENDED) {
              this.t$1 = t$1;
              this.t$2 = t$2;
              this.names = null;
              this.state = 2;
              return SUSPENDED;
            }
          }
          case 2: {
            String t$3 = (String) sent;
            t$2.println(t$3);
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
      this.t$2 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
