package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;

/** The names of types in code, with the annotations before them. */
final class CutTypes {

  private final Cut cut;
  private final BodyContext context;

  CutTypes(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  void type(TypeElement type, Tree tree) {
    context.names().check(type, tree);
    cut.typeUses
        .nameOf(type, tree)
        .ifPresent(name -> cut.replace(tree, List.of(new Part.TypeName(name))));
  }

  void parameter(TypeParameterTree tree) {
    String name = tree.getName().toString();
    String newName = context.nameOf((TypeParameterElement) context.facts().requireElement(tree));
    if (!newName.equals(name)) {
      int start = context.positionOfName(tree);
      cut.edits.replace(start, start + name.length(), List.of(new Part.Text(newName)));
    }
  }

  /** Annotations that stand before a type whose name becomes a qualified one go into it. */
  boolean annotate(Tree tree, List<? extends AnnotationTree> annotations) {
    Optional<IrType.Declared> name =
        context.facts().element(tree) instanceof TypeElement type
            ? cut.typeUses.nameOf(type, tree).filter(TypeUses::isQualified)
            : Optional.empty();
    if (name.isEmpty()) {
      return false;
    }
    Code all = new Code(List.of());
    for (AnnotationTree annotation : annotations) {
      all = all.then(all.parts().isEmpty() ? "" : " ").then(cut.nested(annotation));
      int start = context.body().start(annotation);
      int end = context.body().end(annotation);
      while (cut.isSpace(end)) {
        end++;
      }
      cut.edits.replace(start, end, cut.linesOf(start, end).parts());
    }
    cut.replace(tree, cut.typeUses.parts(name.get(), all));
    return true;
  }

  /** Moves the annotations of a type that stand in the modifiers before it. */
  void annotateType(Tree type, ModifiersTree modifiers) {
    IdentifierTree name = TypeUses.annotated(type);
    List<? extends AnnotationTree> annotations = cut.typeUses.ofTypeOnly(modifiers);
    if (name != null && !annotations.isEmpty()) {
      annotate(name, annotations);
    }
  }
}
