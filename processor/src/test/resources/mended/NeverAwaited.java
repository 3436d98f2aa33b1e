// MENDS never-awaited
// PRINTS [a, b]
package mended;

import io.fermata.Async;
import io.fermata.Coroutine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class NeverAwaited {
  @Coroutine
  static void add(List<String> names, String name) {
    names.add(name);
  }

  @Coroutine
  static String all(List<String> names) {
    NeverAwaitedAsync.add(names, "a");
    Async.sleep(Duration.ZERO);
    if (names.size() == 1) NeverAwaitedAsync.add(names, "b");
    return names.toString();
  }

  static String result() {
    return Async.run(NeverAwaitedAsync.all(new ArrayList<>()));
  }

  public static void main(String[] args) {
    NeverAwaitedAsync.add(new ArrayList<>(), "c");
  }

  @SuppressWarnings("fermata:never-awaited")
  static void silenced() {
    NeverAwaitedAsync.add(new ArrayList<>(), "d");
  }
}
