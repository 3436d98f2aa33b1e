// PRINTS [a, b]
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.experimental.Delegate;
import java.util.*;

class Delegating {
  private interface Adding {
    boolean add(String text);
  }

  @Delegate(types = Adding.class)
  private final List<String> list = new ArrayList<>();
  @lombok.Getter private final List<String> all = list;

  @Coroutine
  String go() {
    add("a");
    await(sleep(Duration.ZERO));
    this.add("b");
    return getAll().toString();
  }

  static String result() {
    return run(DelegatingAsync.go(new Delegating()));
  }
}
