package io.fermata.processor.declaration;

import static java.util.stream.Collectors.joining;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.Types;

/**
 * A method among those of its class, the same in the outer and in the nested compile.
 *
 * @param text {@code sayAfter(java.time.Duration, int[])}
 */
public record MethodKey(String text) {

  /** The key of a method of either compile. */
  public static MethodKey of(ExecutableElement method, Types types) {
    return new MethodKey(
        method.getParameters().stream()
            .map(each -> types.erasure(each.asType()).toString())
            .collect(joining(", ", method.getSimpleName() + "(", ")")));
  }

  @Override
  public String toString() {
    return text;
  }
}
