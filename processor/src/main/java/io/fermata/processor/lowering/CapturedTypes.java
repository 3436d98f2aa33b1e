package io.fermata.processor.lowering;

import io.fermata.processor.declaration.TypeReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Finds the captured wildcards (JLS 5.1.10) that hold the operands of a call together: the type of
 * a variable can't say that they are the same in both.
 */
final class CapturedTypes {

  private final Set<Element> shared;

  /** For the operands of a call. */
  CapturedTypes(Collection<TypeMirror> operands) {
    Map<Element, Integer> counts = new HashMap<>();
    Count count = new Count(counts);
    operands.forEach(count::visit);
    shared =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
  }

  /** Whether a variable of this type would lose one of them. */
  boolean areIn(TypeMirror type) {
    if (shared.isEmpty()) {
      return false;
    }
    Map<Element, Integer> counts = new HashMap<>();
    new Count(counts).visit(type);
    return counts.keySet().stream().anyMatch(shared::contains);
  }

  private static final class Count extends SimpleTypeVisitor14<@Nullable Void, @Nullable Void> {

    private final Map<Element, Integer> counts;

    Count(Map<Element, Integer> counts) {
      this.counts = counts;
    }

    @Override
    public @Nullable Void visitDeclared(DeclaredType type, @Nullable Void unused) {
      type.getTypeArguments().forEach(this::visit);
      return visit(type.getEnclosingType());
    }

    @Override
    public @Nullable Void visitArray(ArrayType type, @Nullable Void unused) {
      return visit(type.getComponentType());
    }

    @Override
    public @Nullable Void visitWildcard(WildcardType type, @Nullable Void unused) {
      if (type.getExtendsBound() != null) {
        visit(type.getExtendsBound());
      }
      return type.getSuperBound() == null ? null : visit(type.getSuperBound());
    }

    @Override
    public @Nullable Void visitTypeVariable(TypeVariable type, @Nullable Void unused) {
      if (TypeReader.isCaptured(type)) {
        counts.merge(type.asElement(), 1, Integer::sum);
      }
      return null;
    }
  }
}
