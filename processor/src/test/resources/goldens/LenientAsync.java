package goldens;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class LenientAsync {
  private LenientAsync() {
  }

  static Coro<List<Integer>> parse(List<String> texts, List<Throwable> faults) {
    return new Parse(texts, faults);
  }

  @Generated
  private static final class Parse extends Continuation<List<Integer>, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Lenient", "parse", "Lenient.java",
            "2:18 texts faults numbers",
            "50:17,52:18,59:19,60:20,61:21,62:22,64:23,65:24,66:25,67:26,68:27,69:28,70:29");

    private List<String> texts;
    private List<Throwable> faults;
    private List<Integer> numbers;

    Parse(List<String> texts, List<Throwable> faults) {
      this.texts = texts;
      this.faults = faults;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      List<String> texts = this.texts;
      List<Throwable> faults = this.faults;
      List<Integer> numbers = this.numbers;
      switch (this.state) {
        case START:
          numbers = new ArrayList<>();
          // Lenient.java:18  await(sleep(Duration.ofSeconds(1)))
          sent = await(task, Async.sleep(Duration.ofSeconds(1)), depth);
          if (sent == SUSPENDED) {
            this.numbers = numbers;
            this.state = 2;
            return SUSPENDED;
          }
        case 2:
          for (String text : texts) {
            try {
              numbers.add(Integer.parseInt(text));
            } catch (NumberFormatException e) {
              told(e);
              // it is for others to say
              faults.add(e);
            } catch (NullPointerException ignored) {
              numbers.add(0);
            }
          }
          return ended(numbers);
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected void clear() {
      this.texts = null;
      this.faults = null;
      this.numbers = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
