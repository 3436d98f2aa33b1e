package io.fermata;

/** Closes the generator of a loop when the loop is left. */
public final class Closing {
  private AutoCloseable generator;

  public <T> Iterable<T> of(Iterable<T> generator) {
    this.generator = (AutoCloseable) generator;
    return generator;
  }

  /** An async generator is left as a scope is; a plain one is closed as Java closes a resource. */
  public void leave(Throwable thrown) {
    if (generator instanceof AsyncGenerator<?> scope) {
      ThrowingScope.leave(scope, thrown);
      return;
    }
    try {
      if (generator != null) {
        generator.close();
      }
    } catch (Throwable failure) {
      if (thrown == null) {
        throw Promise.<RuntimeException>sneaky(failure);
      }
      thrown.addSuppressed(failure);
    }
  }
}
