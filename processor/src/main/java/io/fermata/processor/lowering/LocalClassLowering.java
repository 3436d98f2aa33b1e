package io.fermata.processor.lowering;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrLocalClass;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * Lowers the declaration of a class between resume points: the class moves to the continuation, and
 * what stays is the creation of the object that holds what it captures.
 */
final class LocalClassLowering {

  private final BodyContext context;

  LocalClassLowering(BodyContext context) {
    this.context = context;
  }

  /** Whether the scope of this declaration is cut by resume points. */
  boolean moves(ClassTree tree) {
    Tree parent = context.facts().parent(tree);
    return parent instanceof CaseTree
        || context.facts().suspends(parent)
        || (parent instanceof BlockTree && context.facts().isBodyOfCoroutine(parent));
  }

  List<IrStmt> lower(ClassTree tree) {
    TypeElement type = (TypeElement) context.facts().requireElement(tree);
    Variables variables = new Variables(tree, context.variables());
    BodyContext inside = context.with(variables);
    Code declaration = new CodeCutter(inside, JumpTargets.NONE).cut(tree);
    if (!type.getKind().isClass() || tree.getKind() != Tree.Kind.CLASS) {
      context.classes().add(type, new IrLocalClass(Optional.empty(), List.of(), declaration));
      return List.of();
    }
    String scopeName = context.classes().freeName(type.getSimpleName() + "Scope");
    IrType.Declared scopeType = context.classes().scopeType(scopeName);
    IrLocal scope = context.temporary("scope", scopeType);
    context
        .classes()
        .add(
            type,
            scope,
            new IrLocalClass(Optional.of(scopeName), variables.parameters(), declaration));
    context.variables().own(type, scope);
    return List.of(
        new IrStmt.Declare(
            scope,
            Optional.of(
                new IrExpr.Plain(
                    creation(scopeType, variables.captures()), scopeType, IrExpr.Stability.ANY)),
            context.span(tree)));
  }

  private static Code creation(IrType.Declared scope, List<IrLocal> captures) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Text("new "));
    parts.add(new Part.TypeName(scope));
    parts.add(new Part.Text("("));
    for (IrLocal capture : captures) {
      if (parts.size() > 3) {
        parts.add(new Part.Text(", "));
      }
      parts.add(new Part.Read(capture, Part.Place.BODY));
    }
    parts.add(new Part.Text(")"));
    return new Code(parts);
  }
}
