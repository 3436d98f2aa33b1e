package io.fermata.processor.attribution;

/** Takes the bodies of a nested compile, one by one, while it runs. */
@FunctionalInterface
public interface BodyConsumer {

  /**
   * Reads a body; keeps nothing of it but names, descriptions of types, and positions. The body may
   * have errors: which ones is known only when the nested compile ends, and then what came of the
   * body is dropped.
   */
  void accept(AttributedBody body);
}
