// MENDS async-argument
// PRINTS ab
package mended;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import java.util.function.Supplier;

class AsyncArgument {
  static String a() {
    return "a";
  }

  @Coroutine
  static String all(Supplier<String> supplier) {
    return await(async(AsyncArgument::a)) + await(async(supplier::get));
  }

  static String result() {
    return run(AsyncArgumentAsync.all(() -> "b"));
  }
}
