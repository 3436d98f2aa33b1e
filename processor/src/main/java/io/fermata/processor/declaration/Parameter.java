package io.fermata.processor.declaration;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A parameter of a coroutine.
 *
 * @param annotations those that carry over to the twin and belong to the parameter, not to its
 *     type, as source text
 */
public record Parameter(String name, TypeRef type, List<String> annotations) {

  String annotationPrefix() {
    return annotations.stream().map(each -> each + " ").collect(joining());
  }

  @Override
  public String toString() {
    return annotationPrefix() + type + " " + name;
  }
}
