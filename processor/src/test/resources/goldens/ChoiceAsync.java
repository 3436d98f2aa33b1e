package goldens;

import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class ChoiceAsync {
  private ChoiceAsync() {
  }

  static Coro<String> label(Choice.Prices prices, Choice.Size size) {
    return new Label(prices, size);
  }

  @Generated
  private static final class Label extends Continuation<String, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Choice", "label", "Choice.java",
            "2:26 size,3:28 size",
            "47:24,54:25,59:26,71:28,79:29,82:32");

    private Choice.Prices prices;
    private Choice.Size size;

    Label(Choice.Prices prices, Choice.Size size) {
      this.prices = prices;
      this.size = size;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Choice.Prices prices = this.prices;
      Choice.Size size = this.size;
      int price = 0;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            state = switch (size) {
              case SMALL -> 4;
              case MEDIUM -> 5;
              case LARGE -> 6;
            };
            continue;
          case 4:
            price = 1;
            state = 7;
            continue;
          case 5:
            // Choice.java:26  await(prices.of(size))
            sent = await(task, prices.of(size), depth);
            if (sent == SUSPENDED) {
              this.prices = null;
              this.state = 2;
              return SUSPENDED;
            }
          case 2:
            price = (Integer) sent;
            state = 7;
            continue;
          case 6:
            // Choice.java:28  await(prices.of(size))
            sent = await(task, prices.of(size), depth);
            if (sent == SUSPENDED) {
              this.prices = null;
              this.state = 3;
              return SUSPENDED;
            }
          case 3: {
            int single = (Integer) sent;
            price = 2 * single;
          }
          case 7:
            return ended(size + ": " + price);
          default:
            throw new AssertionError(state);
        }
      }
    }

    @Override
    protected void clear() {
      this.prices = null;
      this.size = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
