// PRINTS f125
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.experimental.StandardException;
import lombok.experimental.SuperBuilder;
import lombok.experimental.Tolerate;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.Setter;
import lombok.ToString;

class Supers {
  @SuperBuilder
  @Getter
  static class Base {
    int n;
  }

  @SuperBuilder
  @Getter
  @ToString(callSuper = true)
  @EqualsAndHashCode(callSuper = true)
  static class Derived extends Base {
    int m;
  }

  @StandardException
  static class Failure extends RuntimeException {}

  static class Tolerant {
    @Setter String text;

    @Tolerate
    void setText(int n) {
      setText("" + n);
    }
  }

  @Coroutine
  static String go() {
    Derived made = Derived.builder().n(1).m(2).build();
    await(sleep(Duration.ZERO));
    Tolerant tolerant = new Tolerant();
    tolerant.setText(5);
    try {
      throw new Failure("f" + made.getN() + made.getM());
    } catch (Failure e) {
      await(sleep(Duration.ZERO));
      return e.getMessage() + tolerant.text;
    }
  }

  static String result() {
    return run(SupersAsync.go());
  }
}
