package goldens;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What plain code catches is told before it is looked at. */
final class Lenient {
  private Lenient() {}

  @Coroutine
  static List<Integer> parse(List<String> texts, List<Throwable> faults) {
    List<Integer> numbers = new ArrayList<>();
    await(sleep(Duration.ofSeconds(1)));
    for (String text : texts) {
      try {
        numbers.add(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        // it is for others to say
        faults.add(e);
      } catch (NullPointerException ignored) {
        numbers.add(0);
      }
    }
    return numbers;
  }
}
