package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** What stands for the name of a class where the user's text goes to the generated class. */
final class TypeUses {

  private static final Set<String> DECLARATIONS =
      Set.of("LOCAL_VARIABLE", "FIELD", "PARAMETER", "METHOD", "RECORD_COMPONENT");

  private final BodyContext context;

  TypeUses(BodyContext context) {
    this.context = context;
  }

  /** The name that a class has there; empty if its simple name stays. */
  Optional<IrType.Declared> nameOf(TypeElement type, Tree tree) {
    Element top = TypeReader.outermost(type);
    boolean stays =
        context.facts().isLocal(top)
            && (context.classes().find(top).isEmpty() || context.facts().staysIn(tree, top));
    if (stays) {
      return Optional.empty();
    }
    IrType.Declared name = context.types().named(type);
    return Optional.of(
        new IrType.Declared(
            name.packageName(), name.simpleNames(), List.of(), genericOuter(type, tree)));
  }

  /**
   * The generic class around an inner class: its simple name, where it stands for a type, means
   * {@code Outer<T>.Inner} (JLS 4.8, 6.5.5.1).
   */
  private Optional<IrType.Declared> genericOuter(TypeElement type, Tree tree) {
    return tree instanceof IdentifierTree
            && context.facts().isInner(type)
            && !(context.facts().parent(tree) instanceof MemberSelectTree)
            && context.facts().typeIfAny(tree) instanceof DeclaredType found
            && context.describe(found) instanceof IrType.Declared described
        ? described.enclosing()
        : Optional.empty();
  }

  /** The name with annotations, which stand before the last part of it: {@code Map.@A Entry}. */
  List<Part> parts(IrType.Declared name, Code annotations) {
    Code type = Code.of(new Part.TypeName(name));
    if (annotations.parts().isEmpty()) {
      return type.parts();
    }
    if (!isQualified(name)) {
      return annotations.then(" ").then(type).parts();
    }
    List<String> names = name.simpleNames();
    IrType outer =
        name.enclosing()
            .orElseGet(
                () ->
                    new IrType.Declared(
                        name.packageName(),
                        names.subList(0, names.size() - 1),
                        List.of(),
                        Optional.empty()));
    return Code.of(new Part.TypeName(outer), new Part.Text("."))
        .then(annotations)
        .then(" " + name.simpleName())
        .parts();
  }

  /** Whether the name is written with the class around it. */
  static boolean isQualified(IrType.Declared name) {
    return name.simpleNames().size() > 1 || name.enclosing().isPresent();
  }

  /** The name that annotations before a type belong to; null if it is not a simple one. */
  static @Nullable IdentifierTree annotated(Tree type) {
    if (type instanceof ArrayTypeTree array) {
      return annotated(array.getType());
    }
    if (type instanceof ParameterizedTypeTree parameterized) {
      return annotated(parameterized.getType());
    }
    return type instanceof IdentifierTree name ? name : null;
  }

  /** The annotations of a declaration that can only be meant for its type (JLS 9.7.4). */
  List<? extends AnnotationTree> ofTypeOnly(ModifiersTree modifiers) {
    return modifiers.getAnnotations().stream().filter(this::isOfTypeOnly).toList();
  }

  private boolean isOfTypeOnly(AnnotationTree annotation) {
    Element type = context.facts().element(annotation.getAnnotationType());
    List<String> targets = type == null ? List.of() : targets(type).toList();
    return targets.contains("TYPE_USE") && targets.stream().noneMatch(DECLARATIONS::contains);
  }

  private static Stream<String> targets(Element annotation) {
    return annotation.getAnnotationMirrors().stream()
        .filter(each -> isTarget(each.getAnnotationType().asElement()))
        .flatMap(TypeUses::values)
        .flatMap(value -> ((List<?>) value.getValue()).stream())
        .map(
            target -> ((Element) ((AnnotationValue) target).getValue()).getSimpleName().toString());
  }

  private static Stream<? extends AnnotationValue> values(AnnotationMirror target) {
    return target.getElementValues().values().stream();
  }

  private static boolean isTarget(Element type) {
    return ((TypeElement) type).getQualifiedName().contentEquals("java.lang.annotation.Target");
  }
}
