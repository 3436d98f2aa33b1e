package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which type parameters around a class it needs to have a name for: those in the types of
 * its expressions and variables, and what the classes of the body need that it uses.
 */
final class TypeParameterUses extends TreeScanner<@Nullable Void, @Nullable Void> {

  /**
   * One that is used.
   *
   * @param at where it first is
   */
  record Use(IrTypeParameter parameter, Tree at) {}

  private final BodyContext context;
  private final BodyFacts facts;
  private final Map<String, Tree> found = new HashMap<>();
  private final Set<Tree> seen = new HashSet<>();
  private final Set<TypeMirror> open = new HashSet<>();
  private @Nullable Tree use;
  private int depth;

  private TypeParameterUses(BodyContext context) {
    this.context = context;
    this.facts = context.facts();
  }

  /** Those of the {@code candidates} that the class uses. */
  static List<Use> in(ClassTree tree, List<IrTypeParameter> candidates, BodyContext context) {
    if (candidates.isEmpty()) {
      return List.of();
    }
    TypeParameterUses scanner = new TypeParameterUses(context);
    scanner.seen.add(tree);
    scanner.scan(tree, null);
    return candidates.stream()
        .filter(each -> scanner.found.containsKey(each.name()))
        .map(each -> new Use(each, scanner.found.getOrDefault(each.name(), tree)))
        .toList();
  }

  /** Whether this type can only stand where type parameters have their names. */
  static boolean isIn(TypeMirror type, ClassTree tree, BodyContext context) {
    TypeParameterUses scanner = new TypeParameterUses(context);
    scanner.use = tree;
    scanner.note(type);
    return !scanner.found.isEmpty();
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (!(tree instanceof ExpressionTree || tree instanceof VariableTree)) {
      return super.scan(tree, null);
    }
    use = depth == 0 ? tree : use;
    note(facts.typeIfAny(tree));
    return super.scan(tree, null);
  }

  /** The object of a class around may be what a member is one of. */
  @Override
  public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
    Element element = facts.element(name);
    if (element != null && element.getEnclosingElement() instanceof TypeElement) {
      facts.holder(element, name).ifPresent(this::note);
    }
    return null;
  }

  private void note(@Nullable TypeMirror type) {
    if (type instanceof IntersectionType intersection) { // javac's are declared types, too
      noteInferred(context.describe(type));
      intersection.getBounds().forEach(this::note);
    } else if (type instanceof DeclaredType declared) {
      note(declared.asElement());
      declared.getTypeArguments().forEach(this::note);
      note(declared.getEnclosingType());
    } else if (type instanceof ArrayType array) {
      note(array.getComponentType());
    } else if (type instanceof WildcardType wildcard) {
      note(wildcard.getExtendsBound());
      note(wildcard.getSuperBound());
    } else if (type instanceof TypeVariable variable) {
      note(variable);
    }
  }

  private void note(TypeVariable variable) {
    if (!TypeReader.isCaptured(variable)) {
      add(context.nameOf((TypeParameterElement) variable.asElement()));
    } else if (open.add(variable)) {
      noteInferred(context.types().describeNamed(variable));
      note(variable.getUpperBound());
      note(variable.getLowerBound());
      open.remove(variable);
    }
  }

  private void noteInferred(IrType type) {
    if (type instanceof IrType.Inferred inferred) {
      add(inferred.name());
    }
  }

  private void add(String name) {
    if (use != null) {
      found.putIfAbsent(name, use);
    }
  }

  /** A class of the body: what it needs stands in its full name. */
  private void note(Element type) {
    Element top = TypeReader.outermost(type);
    if (facts.isLocal(top) && !TypeReader.isStatic(top)) {
      ClassTree declaration = facts.declaration(top);
      if (seen.stream().noneMatch(each -> facts.isIn(declaration, each)) && seen.add(declaration)) {
        depth++;
        scan(declaration, null);
        depth--;
      }
    }
  }
}
