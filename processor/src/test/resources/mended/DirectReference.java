// MENDS direct-call
// PRINTS [1, 2] x
package mended;

import static io.fermata.Async.gather;
import static io.fermata.Async.run;

import io.fermata.Async;
import io.fermata.Coroutine;
import java.util.List;

class DirectReference {
  @Coroutine
  static int length(String text) {
    return text.length();
  }

  @Coroutine
  static String x() {
    return "x";
  }

  static void await() {}

  @Coroutine
  static String all() {
    List<Integer> lengths = Async.await(gather(List.of("a", "bb").stream().map(DirectReference::length).toList()));
    return lengths + " " + x();
  }

  static String result() {
    return run(DirectReferenceAsync.all());
  }
}
