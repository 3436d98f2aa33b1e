package io.fermata.processor.emit;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names of the classes in a twin. No two differ in the case of their letters alone: there are
 * file systems on which their class files would be one.
 */
final class ClassNames {
  private final Set<String> taken = new HashSet<>();

  ClassNames(Set<String> taken) {
    taken.forEach(each -> this.taken.add(each.toLowerCase(Locale.ROOT)));
  }

  /**
   * A name for the class of a coroutine lambda: {@code SayAfterLambda}, {@code SayAfterLambda2}.
   */
  String lambdaIn(String continuation) {
    String stem = continuation + "Lambda";
    String name = stem;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = stem + i;
    }
    return name;
  }
}
