package io.fermata;

import io.fermata.internal.Unchecked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the results of gathered promises apart. */
final class Combination {
  private Combination() {}

  @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows what it gathered
  static <T extends @Nullable Object> T at(List<Promise<?>> promises, int index) {
    return Unchecked.cast(promises.get(index).result());
  }
}
