// PRINTS n43
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.experimental.*;
import lombok.*;

@FieldNameConstants
@Accessors(fluent = true, chain = true)
@Getter
@Setter
class Named {
  int n;
  @WithBy int m;

  Named(int n, int m) {
    this.n = n;
    this.m = m;
  }

  @Coroutine
  String go() {
    await(sleep(Duration.ZERO));
    return Fields.n + n(4).n() + withMBy(old -> old + 1).m();
  }

  static String result() {
    return run(NamedAsync.go(new Named(1, 2)));
  }
}
