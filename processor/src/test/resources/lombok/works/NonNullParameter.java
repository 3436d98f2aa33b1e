// PRINTS text is marked non-null but is null!12
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.NonNull;

class NonNullParameter {
  @Coroutine
  static String go(@NonNull String text, int n) {
    if (n > 0) {
      await(sleep(Duration.ZERO));
    }
    return text;
  }

  static String result() {
    io.fermata.Coro<String> created = NonNullParameterAsync.go(null, 1);
    try {
      return run(created);
    } catch (NullPointerException e) {
      return e.getMessage() + run(NonNullParameterAsync.go("!", 1)) + e.getStackTrace()[0].getLineNumber();
    }
  }
}
