package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.NewClassTree;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/**
 * The {@code throws} clause of the constructor of an anonymous class that gets a name: what the
 * constructor of its superclass throws, and its initializers.
 */
final class ThrowsClause {

  private final BodyContext context;

  ThrowsClause(BodyContext context) {
    this.context = context;
  }

  /** {@code throws A, B}; empty if nothing is thrown that has to be declared. */
  Code of(NewClassTree creation) {
    List<TypeMirror> thrown = new ArrayList<>(new ConstructorExceptions(context).of(creation));
    thrown.addAll(InitializerExceptions.of(creation.getClassBody(), context));
    Code clause = new Code(List.of());
    for (TypeMirror type : thrown) {
      TypeMirror named = named(type, creation.getClassBody());
      clause =
          clause
              .then(clause.parts().isEmpty() ? " throws " : ", ")
              .then(Code.of(new Part.TypeName(context.describe(named))));
    }
    return clause;
  }

  /** The type, or the nearest superclass that a clause of the generated class can name. */
  private TypeMirror named(TypeMirror type, ClassTree anonymous) {
    if (type instanceof IntersectionType intersection) {
      return named(intersection.getBounds().get(0), anonymous); // the class comes first
    }
    if (type instanceof TypeVariable variable) {
      return TypeReader.isCaptured(variable) ? named(variable.getUpperBound(), anonymous) : type;
    }
    TypeElement exception = (TypeElement) ((DeclaredType) type).asElement();
    return canName(exception, anonymous) ? type : named(exception.getSuperclass(), anonymous);
  }

  private boolean canName(TypeElement exception, ClassTree anonymous) {
    Element top = TypeReader.outermost(exception);
    return context.facts().isLocal(top)
        ? !context.facts().isIn(context.facts().declaration(top), anonymous)
            && !top.getSimpleName().contentEquals("")
        : !context.reader().isOutOfReach(exception.asType());
  }
}
