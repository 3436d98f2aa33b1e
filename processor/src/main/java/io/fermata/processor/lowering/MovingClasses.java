package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import io.fermata.processor.declaration.TypeReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the classes of a body that must move wherever they stand: those that the generated class of
 * a coroutine lambda must be able to name, since its code needs them, the anonymous ones that need
 * a name, and those that these need.
 */
final class MovingClasses extends TreePathScanner<@Nullable Void, @Nullable Void> {

  private final BodyFacts facts;
  private final Tree mover;
  private final Set<Element> types = new LinkedHashSet<>();
  private final Set<TypeMirror> open = new HashSet<>();

  private MovingClasses(BodyFacts facts, Tree mover) {
    this.facts = facts;
    this.mover = mover;
  }

  /**
   * @param exceptions classes that move in any case
   */
  static Set<Element> find(
      BodyFacts facts, Collection<Tree> coroutineLambdas, Set<Element> exceptions) {
    Set<Element> found = AnonymousTypes.find(facts);
    found.addAll(exceptions);
    return withNeeded(found, coroutineLambdas, facts);
  }

  /** These classes, and those that they or the lambdas need. */
  static Set<Element> withNeeded(
      Set<Element> classes, Collection<Tree> coroutineLambdas, BodyFacts facts) {
    Set<Element> found = new LinkedHashSet<>(classes);
    Deque<Tree> movers = new ArrayDeque<>(coroutineLambdas);
    found.forEach(type -> movers.add(facts.declaration(type)));
    while (!movers.isEmpty()) {
      for (Element type : neededBy(movers.remove(), facts)) {
        if (found.add(type)) {
          movers.add(facts.declaration(type));
        }
      }
    }
    return found;
  }

  /** The classes declared around a piece of code that it names, or whose values it uses. */
  private static Set<Element> neededBy(Tree mover, BodyFacts facts) {
    MovingClasses scanner = new MovingClasses(facts, mover);
    scanner.scan(facts.path(mover), null);
    return scanner.types;
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree instanceof ExpressionTree || tree instanceof VariableTree) {
      note(facts.typeIfAny(tree));
    }
    return super.scan(tree, null);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
    Element element = facts.element(name);
    if (element instanceof TypeElement type) {
      note(type);
    } else if (element != null && element.getEnclosingElement() instanceof TypeElement type) {
      note(facts.holder(element, name).orElse(type));
    }
    return null;
  }

  private void note(@Nullable TypeMirror type) {
    if (type instanceof IntersectionType intersection) { // javac's are declared types, too
      intersection.getBounds().forEach(this::note);
    } else if (type instanceof ArrayType array) {
      note(array.getComponentType());
    } else if (type instanceof DeclaredType declared) {
      note((TypeElement) declared.asElement());
      declared.getTypeArguments().forEach(this::note);
    } else if (type instanceof WildcardType wildcard) {
      note(wildcard.getExtendsBound());
      note(wildcard.getSuperBound());
    } else if (type instanceof TypeVariable variable && open.add(variable)) {
      note(variable.getUpperBound());
    } else if (type instanceof ExecutableType called) {
      called.getThrownTypes().forEach(this::note);
    }
  }

  private void note(TypeElement type) {
    Element top = TypeReader.outermost(type);
    if (facts.isEnumConstant(top)) {
      note(((TypeElement) top).getSuperclass());
    } else if (facts.isLocal(top) && !facts.isIn(facts.declaration(top), mover)) {
      types.add(top);
    }
  }
}
