package io.fermata.processor.declaration;

import io.fermata.processor.diagnostics.ElementFault;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A class that holds coroutines, as the round shows it.
 *
 * @param element of the outer round, and valid in it only
 * @param methods those that have a twin, also where a fault keeps their bodies from being compiled
 * @param sound the methods among them whose bodies can be compiled
 * @param faults what the declarations show, the class's and its methods'
 * @param state whether all types in the signatures are there
 */
public record CoroutineClass(
    TypeElement element,
    OwnerClass owner,
    List<CoroutineMethod> methods,
    List<CoroutineMethod> sound,
    List<ElementFault> faults,
    State state) {

  /** What can be done with the class in this round. */
  public enum State {
    /** All types in the signatures are known. */
    COMPLETE,
    /** A signature names a type that is not there (yet). */
    INCOMPLETE,
    /** There is a class already that has the twin's name. */
    TWIN_TAKEN
  }
}
