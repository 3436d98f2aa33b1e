package io.fermata;

/** Closes the generator of a loop when the loop is left. */
public final class Closing implements AutoCloseable {
  private AutoCloseable generator;

  public <T> Iterable<T> of(Iterable<T> generator) {
    this.generator = (AutoCloseable) generator;
    return generator;
  }

  @Override
  public void close() {
    if (generator != null) {
      try {
        generator.close();
      } catch (Exception e) {
        throw Promise.<RuntimeException>sneaky(e);
      }
    }
  }
}
