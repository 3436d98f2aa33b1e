// PRINTS 3
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.*;

class Parameters {
  @RequiredArgsConstructor(onConstructor_ = @Deprecated)
  static class Old {
    @Getter(onMethod_ = @Deprecated) final int n;
    @Setter(onParam_ = @NonNull) String text;
  }

  @Coroutine
  static int go() {
    Old old = new Old(3);
    await(sleep(Duration.ZERO));
    return old.getN();
  }

  static String result() {
    return "" + run(ParametersAsync.go());
  }
}
