// PRINTS sneakynoy17
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.SneakyThrows;
import java.io.IOException;

class Sneaky {
  @SneakyThrows
  @Coroutine
  static String go(boolean failing) {
    await(sleep(Duration.ZERO));
    if (failing) {
      throw new IOException("sneaky");
    }
    return "no";
  }

  @Coroutine
  @SneakyThrows(IOException.class)
  static String some(@lombok.NonNull String text) {
    await(sleep(Duration.ZERO));
    if (text.isEmpty()) {
      throw new IOException("some");
    }
    return text;
  }

  static String result() {
    try {
      return run(SneakyAsync.go(true));
    } catch (Exception e) {
      return e.getMessage() + run(SneakyAsync.go(false)) + run(SneakyAsync.some("y")) + e.getStackTrace()[0].getLineNumber();
    }
  }
}
