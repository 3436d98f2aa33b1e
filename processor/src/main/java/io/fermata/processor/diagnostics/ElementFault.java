package io.fermata.processor.diagnostics;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a declaration shows; it is reported on the whole element.
 *
 * @param hidden the private class that the declaration uses, if that is the fault
 */
public record ElementFault(
    Diagnostic diagnostic, List<String> arguments, Element element, @Nullable TypeElement hidden) {

  /** The fault of this element. */
  public ElementFault(Diagnostic diagnostic, Element element, String... arguments) {
    this(diagnostic, List.of(arguments), element, null);
  }

  /** A coroutine's use of a private class. */
  public static ElementFault ofPrivate(TypeElement hidden, Element coroutine) {
    Element around = hidden.getEnclosingElement();
    String name =
        around instanceof TypeElement
            ? around.getSimpleName() + "." + hidden.getSimpleName()
            : hidden.getSimpleName().toString();
    return new ElementFault(Diagnostic.PRIVATE_USE, List.of(name, "class"), coroutine, hidden);
  }
}
