package io.fermata.processor.declaration;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Writes a twin without its coroutines: the declarations with one and the same statement as body.
 * So calls between coroutines have their types before any of them is compiled, and a class whose
 * coroutines can't be compiled brings no errors about a missing twin on top.
 *
 * <pre>{@code
 * final class HelloAsync {
 *   static io.fermata.Coro<java.lang.String> sayAfter(java.time.Duration delay, java.lang.String what) {
 *     throw null;
 *   }
 * }
 * }</pre>
 */
public final class TwinSignatures {

  /** No other twin begins so: it imports, and breaks its lines. */
  private static final String HEAD =
      "@io.fermata.codegen.Generated\n"
          + "@java.lang.SuppressWarnings({\"auxiliaryclass\", \"deprecation\", \"removal\","
          + " \"unchecked\", \"rawtypes\", \"preview\"})\n";

  private TwinSignatures() {}

  /** Whether a twin is one without its coroutines. */
  public static boolean isOne(String twin) {
    return twin.contains(HEAD);
  }

  /**
   * The source text of the twin.
   *
   * @param body a statement that does not complete normally
   */
  public static String write(OwnerClass owner, List<CoroutineMethod> methods, String body) {
    StringBuilder text = new StringBuilder();
    if (!owner.packageName().isEmpty()) {
      text.append("package ").append(owner.packageName()).append(";\n\n");
    }
    text.append(HEAD)
        .append(modifier(owner.visibility()))
        .append("final class ")
        .append(owner.twinName())
        .append(" {\n\n  private ")
        .append(owner.twinName())
        .append("() {}\n");
    methods.forEach(method -> text.append('\n').append(write(method, body)));
    return text.append("}\n").toString();
  }

  private static String write(CoroutineMethod method, String body) {
    StringBuilder text = new StringBuilder();
    method.annotations().forEach(each -> text.append("  ").append(each).append('\n'));
    text.append("  ").append(modifier(method.visibility())).append("static ");
    if (!method.typeParameters().isEmpty()) {
      text.append(
          method.typeParameters().stream()
              .map(TypeParameter::toString)
              .collect(joining(", ", "<", "> ")));
    }
    List<Parameter> parameters = method.twinParameters();
    text.append(method.twinReturnType()).append(' ').append(method.name()).append('(');
    for (int i = 0; i < parameters.size(); i++) {
      boolean last = i == parameters.size() - 1;
      text.append(i == 0 ? "" : ", ")
          .append(
              last && method.varargs() == CoroutineMethod.Varargs.YES
                  ? varargs(parameters.get(i))
                  : parameters.get(i).toString());
    }
    return text.append(") {\n    ").append(body).append("\n  }\n").toString();
  }

  private static String varargs(Parameter parameter) {
    String text = parameter.type().toString();
    String element = text.substring(0, text.length() - "[]".length());
    return parameter.annotationPrefix() + element + "... " + parameter.name();
  }

  private static String modifier(Visibility visibility) {
    return visibility == Visibility.PUBLIC ? "public " : "";
  }
}
