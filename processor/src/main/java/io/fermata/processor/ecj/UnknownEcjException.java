package io.fermata.processor.ecj;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An ECJ that is not built as those are that this package knows. */
final class UnknownEcjException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  UnknownEcjException(String member, @Nullable Throwable cause) {
    super(member, cause);
  }
}
