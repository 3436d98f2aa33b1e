package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.declaration.TypeReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the classes of a body that can't be generic: those of exceptions (JLS 8.1.2), and those
 * that have one of them as a member. In a generated class with type parameters they have to move,
 * each to a place that takes no type parameters along.
 */
final class ExceptionClasses {

  private final Set<Element> classes;
  private final Set<Element> needed;
  private final boolean move;

  private ExceptionClasses(Set<Element> classes, Set<Element> needed, boolean move) {
    this.classes = classes;
    this.needed = needed;
    this.move = move;
  }

  /**
   * @param declared all classes of the body
   */
  static ExceptionClasses of(BodyFacts facts, Collection<Element> declared) {
    Set<Element> found = new LinkedHashSet<>();
    for (Element type : declared) {
      if (facts.isA(type.asType(), "java.lang.Throwable")
          && !TypeReader.isStatic(type)
          && facts.seesMethod(facts.declaration(type))) {
        found.add(TypeReader.outermost(type));
      }
    }
    return new ExceptionClasses(
        found,
        MovingClasses.withNeeded(found, Set.of(), facts),
        !found.isEmpty() && (facts.isGeneric() || hasInferredType(facts)));
  }

  /** Those that move to the generated class. */
  Set<Element> moving() {
    return move ? classes : Set.of();
  }

  /** Whether this class is one, or has one as a member. */
  boolean contains(Element type) {
    return classes.contains(type);
  }

  /** Whether this class is one of them, or one that they need, and takes only what it uses. */
  boolean need(Element type) {
    return needed.contains(type);
  }

  /** Whether a type stands in the body for which the generated class needs a type parameter. */
  private static boolean hasInferredType(BodyFacts facts) {
    InferredTypeScanner scanner = new InferredTypeScanner(facts);
    scanner.scan(facts.methodTree(), null);
    return scanner.found;
  }

  private static final class InferredTypeScanner
      extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final BodyFacts facts;
    private final Set<TypeMirror> open = new HashSet<>();
    private boolean found;

    InferredTypeScanner(BodyFacts facts) {
      this.facts = facts;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
      if (tree instanceof ExpressionTree || tree instanceof VariableTree) {
        found |= isInferred(facts.typeIfAny(tree));
      }
      return found ? null : super.scan(tree, null);
    }

    private boolean isInferred(@Nullable TypeMirror type) {
      if (type instanceof IntersectionType) { // javac's are declared types, too
        return true;
      }
      if (type instanceof DeclaredType declared) {
        return declared.getTypeArguments().stream().anyMatch(this::isInferred);
      }
      if (type instanceof ArrayType array) {
        return isInferred(array.getComponentType());
      }
      if (type instanceof WildcardType wildcard) {
        return isInferred(wildcard.getExtendsBound()) || isInferred(wildcard.getSuperBound());
      }
      if (type instanceof TypeVariable variable
          && TypeReader.isCaptured(variable)
          && open.add(variable)) {
        boolean isInferred = isInferred(variable.getUpperBound());
        open.remove(variable);
        return isInferred;
      }
      return false;
    }
  }
}
