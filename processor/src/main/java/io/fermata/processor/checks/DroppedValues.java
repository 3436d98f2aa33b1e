package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.DROPPED_TASK;
import static io.fermata.processor.diagnostics.Diagnostic.NEVER_AWAITED;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds coroutines and tasks that are made and dropped on the spot. */
final class DroppedValues {

  private final Api api;
  private final TypedCode typed;
  private final Findings findings;

  DroppedValues(Api api, TypedCode typed, Findings findings) {
    this.api = api;
    this.typed = typed;
    this.findings = findings;
  }

  /**
   * By what the method declares: {@code map.put(key, coro)} gives a value that was there before.
   */
  void check(TreePath expression) {
    if (expression.getLeaf() instanceof ParenthesizedTree inner) {
      check(new TreePath(expression, inner.getExpression()));
    } else if (expression.getLeaf() instanceof MethodInvocationTree call) {
      typed.method(expression).ifPresent(method -> check(call, method));
    }
  }

  private void check(MethodInvocationTree call, ExecutableElement method) {
    String text = call.getMethodSelect() + "(…)";
    if (api.isCoro(method.getReturnType())) {
      findings.add(NEVER_AWAITED, call, text);
    } else if (api.isCreateTask(method)) {
      findings.add(DROPPED_TASK, call, text);
    }
  }

  /** Whether what a lambda or a method reference gives is dropped. */
  boolean isVoid(TreePath function) {
    TypeMirror type = typed.typeOf(function);
    if (!(type instanceof DeclaredType declared)) {
      return false;
    }
    TypeElement element = (TypeElement) declared.asElement();
    return api.elements().getAllMembers(element).stream()
        .filter(each -> each.getModifiers().contains(Modifier.ABSTRACT))
        .filter(ExecutableElement.class::isInstance)
        .map(ExecutableElement.class::cast)
        .filter(each -> !isMethodOfObject(each))
        .allMatch(each -> each.getReturnType().getKind() == TypeKind.VOID);
  }

  /** {@code Comparator.equals}: abstract, but every object has it. */
  private boolean isMethodOfObject(ExecutableElement method) {
    TypeElement object = api.elements().getTypeElement("java.lang.Object");
    return object != null
        && object.getEnclosedElements().stream()
            .filter(each -> each.getSimpleName().equals(method.getSimpleName()))
            .anyMatch(
                each ->
                    each instanceof ExecutableElement one
                        && one.getParameters().size() == method.getParameters().size());
  }
}
