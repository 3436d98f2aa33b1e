package io.fermata.processor.attribution;

import io.fermata.processor.declaration.CoroutineClass;
import java.util.List;

/** Takes the bodies of a nested compile, class by class, while it runs. */
@FunctionalInterface
public interface BodyConsumer {

  /**
   * Reads the bodies of one class; keeps nothing of them but names, descriptions of types, and
   * positions. A body may have errors: which ones is known only when the nested compile ends, and
   * then what came of the class is dropped.
   */
  void accept(CoroutineClass found, List<AttributedBody> bodies);
}
