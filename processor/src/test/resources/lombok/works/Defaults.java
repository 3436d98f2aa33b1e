// PRINTS 7
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.AccessLevel;
import lombok.experimental.*;
import lombok.*;

@FieldDefaults(makeFinal = true, level = AccessLevel.PRIVATE)
@AllArgsConstructor
class Defaults {
  @PackagePrivate int x;
  @Getter int y;
  @NonFinal @PackagePrivate int z;

  @Coroutine
  int go() {
    await(sleep(Duration.ZERO));
    z++;
    return x + getY() + z;
  }

  static String result() {
    return "" + run(DefaultsAsync.go(new Defaults(1, 2, 3)));
  }
}
