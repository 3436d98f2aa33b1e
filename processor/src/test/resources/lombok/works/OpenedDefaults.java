// PRINTS n41402
package lombokcases;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import lombok.AccessLevel;
import lombok.Getter;
import lombok.RequiredArgsConstructor;
import lombok.Value;
import lombok.experimental.FieldDefaults;
import lombok.experimental.NonFinal;
import lombok.extern.java.Log;

@Log
@RequiredArgsConstructor
@FieldDefaults(level = AccessLevel.PRIVATE, makeFinal = true)
class OpenedDefaults {
  static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  String name;

  @Getter(AccessLevel.PRIVATE)
  int start;

  @NonFinal int count;

  @Value
  static class Point {
    int x;
    int y;
  }

  @Coroutine
  String use() {
    count += getStart();
    await(sleep(Duration.ofMillis(1)));
    log.fine(name);
    Point point = new Point(count++, 2);
    return name + count + point.x + point.y;
  }

  static String result() {
    return run(OpenedDefaultsAsync.use(new OpenedDefaults("n", 40)));
  }
}
