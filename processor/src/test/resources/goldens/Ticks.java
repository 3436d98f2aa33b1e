package goldens;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.Yielder;
import java.time.Duration;

/** Generators. */
final class Ticks {

  @Coroutine
  static void ticks(Emitter<Integer> out, int limit) {
    for (int i = 0; i < limit; i++) {
      await(sleep(Duration.ofSeconds(1)));
      out.emit(i);
    }
  }

  @Coroutine
  static void squares(Yielder<Integer> out) {
    for (int i = 0; ; i++) {
      out.yield(i * i);
    }
  }
}
