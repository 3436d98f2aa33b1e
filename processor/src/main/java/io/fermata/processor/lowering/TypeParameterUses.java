package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Finds out which type parameters around a class it needs to have a name for. */
final class TypeParameterUses extends TreeScanner<@Nullable Void, @Nullable Void> {

  private static final Set<TypeKind> VALUES =
      EnumSet.of(TypeKind.DECLARED, TypeKind.ARRAY, TypeKind.TYPEVAR, TypeKind.INTERSECTION);

  private final BodyContext context;
  private final Set<String> names = new HashSet<>();

  private TypeParameterUses(BodyContext context) {
    this.context = context;
  }

  /** Those of the {@code candidates} that stand in a type of an expression or a variable of it. */
  static List<IrTypeParameter> in(
      ClassTree tree, List<IrTypeParameter> candidates, BodyContext context) {
    if (candidates.isEmpty()) {
      return List.of();
    }
    TypeParameterUses scanner = new TypeParameterUses(context);
    scanner.scan(tree, null);
    return candidates.stream().filter(each -> scanner.names.contains(each.name())).toList();
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree instanceof ExpressionTree || tree instanceof VariableTree) {
      TypeMirror type = context.facts().typeIfAny(tree);
      if (type != null && VALUES.contains(type.getKind())) {
        note(context.describe(type));
      }
    }
    return super.scan(tree, null);
  }

  private void note(IrType type) {
    if (type instanceof IrType.Variable variable) {
      names.add(variable.name());
    } else if (type instanceof IrType.Inferred inferred) {
      names.add(inferred.name());
      inferred.bounds().forEach(this::note);
    } else if (type instanceof IrType.Array array) {
      note(array.component());
    } else if (type instanceof IrType.Wildcard wildcard) {
      wildcard.bound().ifPresent(bound -> note(bound.type()));
    } else if (type instanceof IrType.Declared declared) {
      declared.arguments().forEach(this::note);
      declared.enclosing().ifPresent(this::note);
    }
  }
}
