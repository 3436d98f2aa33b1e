package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

class FinallyJump {
  @Coroutine
  @SuppressWarnings("finally")
  static int jumps(int n) {
    outer:
    for (int i = 0; i < n; i++) {
      try {
        await(sleep(Duration.ZERO));
      } finally {
        if (n == 1) {
          // WARNING fermata:finally-jump at break;
          break;
        }
        switch (n) {
          case 2:
            // WARNING fermata:finally-jump at continue;
            continue;
          default:
            break;
        }
        while (n > 3) {
          // WARNING fermata:finally-jump at break outer;
          break outer;
        }
      }
    }
    try {
      n++;
    } catch (RuntimeException e) {
      await(sleep(Duration.ZERO));
    } finally {
      // WARNING fermata:finally-jump at return n;
      return n;
    }
  }

  @Coroutine
  @SuppressWarnings("finally")
  static int stays(int n) {
    try {
      await(sleep(Duration.ZERO));
    } finally {
      inner:
      for (int i = 0; i < n; i++) {
        if (i == 1) {
          continue;
        }
        for (; ; ) {
          break inner;
        }
      }
      java.util.function.Supplier<Integer> one =
          () -> {
            return 1;
          };
      n = switch (n) {
        case 1 -> {
          yield 2;
        }
        default -> 3;
      };
      if (n == 2) {
        throw new IllegalStateException();
      }
    }
    try {
      n++;
    } finally {
      return n;
    }
  }

  @Coroutine
  @SuppressWarnings({"finally", "fermata:finally-jump"})
  static int silenced() {
    try {
      await(sleep(Duration.ZERO));
    } finally {
      return 1;
    }
  }
}
