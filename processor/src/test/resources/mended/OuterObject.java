// MENDS private-access
// PRINTS 3
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

class OuterObject<T> {
  private int count = 1;

  @SuppressWarnings({"unused"})
  class Inner {
    @Coroutine
    int next() {
      count++;
      await(sleep(Duration.ZERO));
      return ++OuterObject.this.count;
    }
  }

  static Object result() {
    OuterObject<String> outer = new OuterObject<>();
    return run(OuterObject_InnerAsync.next(outer.new Inner()));
  }
}
