package goldens;

import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.io.PrintStream;
import java.util.Objects;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class CompoundAsync {
  private CompoundAsync() {
  }

  static Coro<Void> add(Compound self, Compound.Prices prices, String item, int[] counts,
      int index) {
    return new Add(Objects.requireNonNull(self, "self"), prices, item, counts, index);
  }

  @Generated
  private static final class Add extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Compound", "add", "Compound.java",
            "2:19 prices item counts index,3:20 prices item counts index,4:21",
            "64:19,75:20,87:21");

    private Compound self;
    private Compound.Prices prices;
    private String item;
    private int[] counts;
    private int index;
    private int t$1;
    private int t$2;
    private PrintStream t$3;
    private String t$4;

    Add(Compound self, Compound.Prices prices, String item, int[] counts, int index) {
      this.self = self;
      this.prices = prices;
      this.item = item;
      this.counts = counts;
      this.index = index;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Compound self = this.self;
      Compound.Prices prices = this.prices;
      String item = this.item;
      int[] counts = this.counts;
      int index = this.index;
      int t$1 = this.t$1;
      int t$2 = this.t$2;
      PrintStream t$3 = this.t$3;
      String t$4 = this.t$4;
      switch (this.state) {
        case START:
          t$1 = self.sum;
          // Compound.java:19  await(prices.of(item))
          sent = await(task, prices.of(item), depth);
          if (sent == SUSPENDED) {
            this.t$1 = t$1;
            this.state = 2;
            return SUSPENDED;
          }
        case 2: {
          Integer t$5 = (Integer) sent;
          self.sum = t$1 + t$5;
          t$2 = counts[index];
          // Compound.java:20  await(prices.of(item))
          sent = await(task, prices.of(item), depth);
          if (sent == SUSPENDED) {
            this.t$2 = t$2;
            this.state = 3;
            return SUSPENDED;
          }
        }
        case 3: {
          Integer t$5 = (Integer) sent;
          counts[index] = t$2 + (2 * t$5);
          t$3 = System.out;
          t$4 = item + " ";
          // Compound.java:21  await(prices.of(item))
          sent = await(task, prices.of(item), depth);
          if (sent == SUSPENDED) {
            this.t$3 = t$3;
            this.t$4 = t$4;
            this.prices = null;
            this.item = null;
            this.counts = null;
            this.state = 4;
            return SUSPENDED;
          }
        }
        case 4: {
          Integer t$5 = (Integer) sent;
          t$3.println(t$4 + t$5 + " " + self.sum);
          return ended(null);
        }
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected void clear() {
      this.self = null;
      this.prices = null;
      this.item = null;
      this.counts = null;
      this.t$3 = null;
      this.t$4 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
