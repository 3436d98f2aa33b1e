package io.fermata.net;

import java.net.SocketOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the two streams of a connection behave.
 *
 * @param limit what a reader searches for a line, and half of what it reads ahead
 * @param high from how much unsent on {@code drain} waits
 * @param low until how much unsent it waits
 * @param readLimit how long a read may take, or null
 * @param writeLimit how long a drain or send may take, or null
 */
record StreamSettings(
    int limit, int high, int low, @Nullable Duration readLimit, @Nullable Duration writeLimit) {
  static final int DEFAULT_LIMIT = 64 * 1024;
  static final int DEFAULT_HIGH = 64 * 1024;
  static final int DEFAULT_LOW = DEFAULT_HIGH / 4;

  static int checkLimit(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a limit of " + limit + " bytes is none: give 1 or more.");
    }
    return limit;
  }

  static void checkMarks(int high, int low) {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException(
          "the high mark " + high + " must be at least the low mark " + low + ", and that 0.");
    }
  }

  /** A copy with one option more. */
  static <T> Map<SocketOption<?>, Object> with(
      Map<SocketOption<?>, Object> options, SocketOption<T> option, T value) {
    Map<SocketOption<?>, Object> more = new HashMap<>(options);
    more.put(
        Objects.requireNonNull(option, "option"), (Object) Objects.requireNonNull(value, "value"));
    return more;
  }
}
