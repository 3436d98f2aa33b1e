package io.fermata.processor.ecj;

import java.util.Map;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;

/** Twins without bodies, which take no javac. */
public interface SignatureTwins {

  /** The classes with coroutines that a round brings, by the names of their twins. */
  Map<String, TypeElement> ownersIn(RoundEnvironment round);

  /** The text of a twin that throws when it is called, and says why. */
  String text(TypeElement owner, String why);
}
