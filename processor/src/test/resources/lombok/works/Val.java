// PRINTS A
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.val;
import java.util.ArrayList;

class Val {
  @Coroutine
  static String go() {
    val list = new ArrayList<String>();
    await(sleep(Duration.ZERO));
    list.add("a");
    for (val each : list) {
      await(sleep(Duration.ZERO));
      list.set(0, each.toUpperCase());
    }
    return list.get(0);
  }

  static String result() {
    return run(ValAsync.go());
  }
}
