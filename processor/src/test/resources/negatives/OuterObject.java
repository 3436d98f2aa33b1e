package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

class OuterObject<T> {
  int count;
  T last;

  class Overridable {
    OuterObject<T> outer() {
      return OuterObject.this;
    }

    @Coroutine
    int next() {
      await(sleep(Duration.ZERO));
      // ERROR fermata:private-access at count
      return count;
    }
  }

  class Fabricated {
    final OuterObject<T> outer() {
      return new OuterObject<>();
    }

    @Coroutine
    OuterObject<T> around(T other) {
      await(sleep(Duration.ZERO));
      // ERROR fermata:private-access at last
      last = other;
      // ERROR fermata:private-access at OuterObject.this
      return OuterObject.this;
    }
  }

  class Hidden {
    private final OuterObject<T> outer = OuterObject.this;

    @Coroutine
    int next() {
      // ERROR fermata:private-access at Fabricated
      class Extending extends Fabricated {}
      await(sleep(Duration.ZERO));
      // ERROR fermata:private-access at new Overridable()
      return new Overridable().hashCode();
    }
  }
}
