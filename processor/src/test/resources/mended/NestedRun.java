// MENDS nested-run
// PRINTS ab
package mended;

import io.fermata.Coro;
import io.fermata.Async;
import io.fermata.Coroutine;
import io.fermata.Runner;

class NestedRun {
  @Coroutine
  static String name(String name) {
    return name;
  }

  @Coroutine
  static String all(Runner runner) {
    Coro<String> b = NestedRunAsync.name("b");
    return Async.run(NestedRunAsync.name("a")) + runner.run(b);
  }

  static String result() {
    try (Runner runner = new Runner()) {
      return Async.run(NestedRunAsync.all(runner));
    }
  }
}
