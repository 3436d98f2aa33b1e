package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.Trees;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.remedies.Edit;
import io.fermata.processor.remedies.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;

/**
 * How the generated class gets from the coroutine's object to those around it. Java has an
 * expression for them only inside the class (JLS 15.8.4), so the class has to hand them out, by a
 * method or a field that nobody can override.
 *
 * <pre>
 * class Outer {
 *   class Inner {
 *     final Outer outer() { return Outer.this; }       Outer.this.count    →    self.outer().count
 * </pre>
 */
final class OuterObjects {

  private static final String OUTER = "outer";

  private final AttributedBody body;
  private final Trees trees;
  private final Types types;
  private final BodyFacts facts;
  private final TypeElement owner;

  OuterObjects(AttributedBody body, BodyFacts facts, TypeElement owner) {
    this.body = body;
    this.trees = body.trees();
    this.types = body.types();
    this.facts = facts;
    this.owner = owner;
  }

  /** Whether an object of this class is around each of the coroutine's class. */
  boolean isAround(TypeElement type) {
    return around(owner).contains(type);
  }

  /**
   * What to write behind the coroutine's object: {@code .outer()}; empty if nothing leads there.
   */
  Optional<String> path(TypeElement outer) {
    return path(owner, outer);
  }

  /** Has the coroutine's class hand out an object around it, if the name for it is free. */
  Remedy handingOut(String type, String name) {
    boolean isTaken =
        body.elements().getAllMembers(owner).stream()
            .anyMatch(each -> each.getSimpleName().contentEquals(OUTER));
    ClassTree tree = trees.getTree(owner);
    if (isTaken || tree == null) {
      return Remedy.NONE;
    }
    int start = Math.max(body.start(tree), body.end(tree.getModifiers()));
    int brace = new NamePosition(body.source()).findBrace(start, body.end(tree));
    String text = body.source().toString();
    int line = text.lastIndexOf('\n', start) + 1;
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    String indent = end + " ".repeat(start(text, line) - line + 2);
    String method =
        "%1$sfinal %2$s %3$s() {%1$s  return %4$s.this;%1$s}%5$s"
            .formatted(indent, type, OUTER, name, end);
    return Remedy.of(Edit.insert(brace + 1, method));
  }

  private static int start(String text, int line) {
    int at = line;
    while (text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private Optional<String> path(TypeElement inner, TypeElement outer) {
    if (inner.equals(outer)) {
      return Optional.of("");
    }
    return around(inner).stream()
        .flatMap(
            next -> step(inner, next).flatMap(step -> path(next, outer).map(step::concat)).stream())
        .findFirst();
  }

  /** The classes whose objects are around one of this class, from the inside out. */
  private List<TypeElement> around(TypeElement inner) {
    List<TypeElement> around = new ArrayList<>();
    TypeElement each = inner;
    while (facts.isInner(each) && each.getEnclosingElement() instanceof TypeElement outer) {
      around.add(outer);
      each = outer;
    }
    return around;
  }

  /** The member of {@code inner} that is {@code outer.this}. */
  private Optional<String> step(TypeElement inner, TypeElement outer) {
    return inner.getEnclosedElements().stream()
        .filter(member -> isReliable(member, inner) && gives(member, outer))
        .map(member -> "." + member.getSimpleName() + (isMethod(member) ? "()" : ""))
        .findFirst();
  }

  private static boolean isReliable(Element member, Element type) {
    return !member.getModifiers().contains(Modifier.PRIVATE)
        && (member.getModifiers().contains(Modifier.FINAL)
            || (isMethod(member) && type.getModifiers().contains(Modifier.FINAL)));
  }

  private static boolean isMethod(Element member) {
    return member.getKind() == ElementKind.METHOD;
  }

  private boolean gives(Element member, TypeElement outer) {
    if (member instanceof ExecutableElement method) {
      MethodTree tree = trees.getTree(method);
      return method.getParameters().isEmpty()
          && types.isSameType(method.getReturnType(), outer.asType())
          && tree != null
          && tree.getBody() != null
          && returns(tree.getBody().getStatements(), outer);
    }
    return member.getKind() == ElementKind.FIELD
        && types.isSameType(member.asType(), outer.asType())
        && trees.getTree(member) instanceof VariableTree field
        && isThisOf(field.getInitializer(), outer);
  }

  private static boolean returns(List<? extends StatementTree> statements, Element outer) {
    return statements.size() == 1
        && statements.get(0) instanceof ReturnTree single
        && isThisOf(single.getExpression(), outer);
  }

  private static boolean isThisOf(Tree tree, Element outer) {
    return tree instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals("this")
        && select.getExpression() instanceof IdentifierTree name
        && name.getName().equals(outer.getSimpleName());
  }
}
