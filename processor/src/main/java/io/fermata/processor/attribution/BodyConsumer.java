package io.fermata.processor.attribution;

/** Takes the bodies of a nested compile, one by one, while it runs. */
@FunctionalInterface
public interface BodyConsumer {

  /** Reads a body; keeps nothing of it but names, descriptions of types, and positions. */
  void accept(AttributedBody body);
}
