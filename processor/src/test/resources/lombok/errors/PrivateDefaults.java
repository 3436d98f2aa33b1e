package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.AccessLevel;
import lombok.experimental.FieldDefaults;
import lombok.Value;
import lombok.Getter;

@FieldDefaults(level = AccessLevel.PRIVATE)
class PrivateDefaults {
  int x;
  @Getter(AccessLevel.PRIVATE) int y;

  @Coroutine
  int go() {
    await(sleep(Duration.ZERO));
    // ERROR fermata:private-access at x
    return x
        // ERROR fermata:private-access at getY
        + getY();
  }
}

@Value
class PrivateValue {
  int n;

  @Coroutine
  int go() {
    await(sleep(Duration.ZERO));
    // ERROR fermata:private-access at n
    return n;
  }
}
