package io.fermata;

public interface ThrowingScope<X extends Exception> extends AutoCloseable {
  Awaitable<?> enter();

  Awaitable<Throwable> exit(Throwable thrown);

  @Override
  default void close() throws X {
    throw new IllegalStateException("the oracle must rewrite this try");
  }

  /** Whether the block ends normally although it threw; else throws what exit gives, of which X is seen. */
  static <X extends Exception> boolean leave(ThrowingScope<X> scope, Throwable thrown) throws X {
    Throwable given;
    try {
      given = Async.await(scope.exit(thrown));
    } catch (Throwable failure) {
      if (thrown == null || thrown == failure) {
        throw Promise.<RuntimeException>sneaky(failure);
      }
      if (thrown instanceof CancelledError && !(failure instanceof CancelledError)) {
        thrown.addSuppressed(failure);
        throw Promise.<RuntimeException>sneaky(thrown);
      }
      failure.addSuppressed(thrown);
      throw Promise.<RuntimeException>sneaky(failure);
    }
    if (given != null && given != thrown) {
      throw Promise.<RuntimeException>sneaky(given);
    }
    return thrown != null && given == null;
  }
}
