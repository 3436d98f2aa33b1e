package io.fermata.processor.diagnostics;

import java.util.List;
import javax.lang.model.element.Element;

/** A fault that a declaration shows; it is reported on the whole element. */
public record ElementFault(Diagnostic diagnostic, List<String> arguments, Element element) {

  /** The fault of this element. */
  public ElementFault(Diagnostic diagnostic, Element element, String... arguments) {
    this(diagnostic, List.of(arguments), element);
  }
}
