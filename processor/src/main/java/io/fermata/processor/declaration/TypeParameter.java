package io.fermata.processor.declaration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type parameter of the twin.
 *
 * @param bounds empty if it has none but {@code Object}
 * @param annotations as source text
 */
public record TypeParameter(String name, List<TypeRef> bounds, List<String> annotations) {

  /** The variable that it declares. */
  public TypeRef variable() {
    return new TypeRef.Variable(name, List.of());
  }

  @Override
  public String toString() {
    String text = annotations.stream().map(a -> a + " ").collect(Collectors.joining()) + name;
    return bounds.isEmpty()
        ? text
        : text
            + bounds.stream()
                .map(TypeRef::toString)
                .collect(Collectors.joining(" & ", " extends ", ""));
  }
}
