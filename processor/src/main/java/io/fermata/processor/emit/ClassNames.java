package io.fermata.processor.emit;

import java.util.HashSet;
import java.util.Set;

/** The names of the classes in a twin. */
final class ClassNames {
  private final Set<String> taken;

  ClassNames(Set<String> taken) {
    this.taken = new HashSet<>(taken);
  }

  /**
   * A name for the class of a coroutine lambda: {@code SayAfterLambda}, {@code SayAfterLambda2}.
   */
  String lambdaIn(String continuation) {
    String stem = continuation + "Lambda";
    String name = stem;
    for (int i = 2; !taken.add(name); i++) {
      name = stem + i;
    }
    return name;
  }
}
