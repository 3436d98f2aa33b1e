package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.DECLARES_COROUTINE;
import static io.fermata.processor.diagnostics.Diagnostic.MISSING_AWAIT;
import static io.fermata.processor.diagnostics.Diagnostic.MISSING_IMPORT;
import static io.fermata.processor.diagnostics.Diagnostic.MISSING_RUN;
import static io.fermata.processor.diagnostics.Diagnostic.NOT_AWAITABLE;
import static io.fermata.processor.diagnostics.Diagnostic.NO_COROUTINE_OF_NAME;
import static io.fermata.processor.diagnostics.Diagnostic.NO_DURATION;
import static io.fermata.processor.diagnostics.Diagnostic.NO_FUTURE;
import static io.fermata.processor.diagnostics.Diagnostic.NO_LAMBDA;
import static io.fermata.processor.diagnostics.Diagnostic.NO_OBJECT;
import static io.fermata.processor.diagnostics.Diagnostic.OTHER_NAME;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** What one error of javac's comes from, by its kind and by the types of what stands there. */
final class ErrorCause {

  private static final String ASYNC = "io.fermata.Async";
  private static final Set<String> TAKE_DURATIONS = Set.of("sleep", "timeout", "waitFor");
  private static final Pattern SNAKE = Pattern.compile("_([a-z])");

  private final Api api;
  private final Trees trees;
  private final TypedCode typed;
  private final CompilationUnitTree unit;
  private final List<Fault> faults = new ArrayList<>();

  ErrorCause(Api api, Trees trees, CompilationUnitTree unit) {
    this.api = api;
    this.trees = trees;
    this.typed = new TypedCode(trees);
    this.unit = unit;
  }

  /** A call whose method javac has not found. */
  List<Fault> ofCall(TreePath call) {
    misapplied(call);
    if (faults.isEmpty()) {
      unknown(new TreePath(call, ((MethodInvocationTree) call.getLeaf()).getMethodSelect()));
    }
    return faults;
  }

  /** A value that is not of the type which is wanted there. */
  List<Fault> ofValue(TreePath value) {
    mismatch(value);
    return faults;
  }

  // A coroutine where its result is wanted, and the other way round

  private void mismatch(TreePath place) {
    TreePath method = methodAround(place);
    if (!coroutineFor(place)
        && method != null
        && place.getParentPath().getLeaf() instanceof ReturnTree
        && method.getLeaf() instanceof MethodTree tree
        && isCoroutine(method)) {
      TypeMirror declared = typed.typeOf(new TreePath(method, tree.getReturnType()));
      if (declared != null && isWaitedFor(declared)) {
        String name = tree.getName().toString();
        add(DECLARES_COROUTINE, tree.getReturnType(), name, tree.getReturnType().toString());
      }
    }
  }

  private boolean coroutineFor(TreePath place) {
    TypeMirror type = typed.givenBy(place);
    boolean found = type != null && isWaitedFor(type) && place.getLeaf() instanceof ExpressionTree;
    if (found) {
      add(
          isInCoroutine(place) ? MISSING_AWAIT : MISSING_RUN,
          place.getLeaf(),
          text(place.getLeaf()));
    }
    return found;
  }

  private boolean isWaitedFor(TypeMirror type) {
    return api.isSubtype(type, "io.fermata.Awaitable")
        || api.isSubtype(type, "io.fermata.ThrowingCoro");
  }

  // Arguments

  private void misapplied(TreePath path) {
    MethodInvocationTree call = (MethodInvocationTree) path.getLeaf();
    String name = simpleName(call.getMethodSelect());
    Optional<TypeElement> owner = ownerOfTwin(path, call.getMethodSelect());
    if (owner.isPresent()) {
      withoutObject(call, name, owner.get());
      return;
    }
    for (ExpressionTree argument : call.getArguments()) {
      TreePath at = new TreePath(path, argument);
      if (isLambda(argument) && RunningCode.TAKE_COROUTINES.contains(name)) {
        add(NO_LAMBDA, argument, name);
      } else if (isOfAsync(call.getMethodSelect())) {
        ofAsync(at, name);
      }
    }
    if (faults.isEmpty()
        && exists(path, call.getMethodSelect())
        && call.getArguments().size() == 1) {
      coroutineFor(new TreePath(path, call.getArguments().get(0)));
    }
  }

  /** Whether the method is there, and it is its argument that does not fit. */
  private boolean exists(TreePath call, ExpressionTree name) {
    if (!(name instanceof MemberSelectTree select)) {
      return isDeclaredHere(name.toString());
    }
    TypeMirror type =
        typed.typeOf(new TreePath(new TreePath(call, select), select.getExpression()));
    return type != null
        && api.types().asElement(type) instanceof TypeElement owner
        && api.elements().getAllMembers(owner).stream()
            .anyMatch(each -> each.getSimpleName().equals(select.getIdentifier()));
  }

  private void ofAsync(TreePath argument, String name) {
    TypeMirror type = typed.typeOf(argument);
    if (type == null) {
      return;
    }
    Tree tree = argument.getLeaf();
    if (TAKE_DURATIONS.contains(name) && type.getKind().isPrimitive()) {
      add(NO_DURATION, tree, tree.toString(), type.toString());
    } else if (name.equals("await") && api.isSubtype(type, "java.util.concurrent.Future")) {
      add(NO_FUTURE, tree, tree.toString());
    } else if (name.equals("await")
        && !isWaitedFor(type)
        && !api.isSubtype(type, "java.util.concurrent.CompletionStage")) {
      add(NOT_AWAITABLE, tree, text(tree), type.toString());
    }
  }

  private void withoutObject(MethodInvocationTree call, String name, TypeElement owner) {
    boolean lacksOne =
        ElementFilter.methodsIn(owner.getEnclosedElements()).stream()
            .filter(each -> each.getSimpleName().contentEquals(name) && api.isCoroutine(each))
            .filter(each -> !api.isStatic(each))
            .anyMatch(each -> each.getParameters().size() == call.getArguments().size());
    if (lacksOne) {
      String more = call.getArguments().isEmpty() ? "" : ", …";
      String twin = call.getMethodSelect().toString();
      add(NO_OBJECT, call.getMethodSelect(), twin, owner.getSimpleName().toString(), more);
    }
  }

  // Names

  private void unknown(TreePath place) {
    Tree tree = place.getLeaf();
    if (tree instanceof IdentifierTree name) {
      unknownFunction(name);
    } else if (tree instanceof MemberSelectTree select) {
      TreePath qualifier = new TreePath(place, select.getExpression());
      String name = select.getIdentifier().toString();
      Optional<TypeElement> owner = ownerOfTwin(place.getParentPath(), select);
      if (owner.isPresent()) {
        if (methodsOf(owner.get()).anyMatch(each -> each.equals(name))) {
          add(NO_COROUTINE_OF_NAME, tree, owner.get().getSimpleName() + "." + name);
        }
      } else if (!(trees.getElement(qualifier) instanceof TypeElement)) {
        coroutineFor(qualifier);
      }
    }
  }

  private void unknownFunction(IdentifierTree tree) {
    String name = tree.getName().toString();
    String inJava = SNAKE.matcher(name).replaceAll(each -> each.group(1).toUpperCase(Locale.ROOT));
    if (!isDeclaredHere(name) && isFunction(inJava)) {
      if (!inJava.equals(name)) {
        add(OTHER_NAME, tree, name, inJava);
      } else if (!importsAsync()) {
        add(MISSING_IMPORT, tree, name);
      }
    }
  }

  private static Stream<String> methodsOf(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .map(each -> each.getSimpleName().toString());
  }

  /** The class whose twin a method is looked for in. */
  private Optional<TypeElement> ownerOfTwin(TreePath around, ExpressionTree name) {
    if (name instanceof MemberSelectTree select
        && trees.getElement(new TreePath(new TreePath(around, name), select.getExpression()))
            instanceof TypeElement twin) {
      return unit.getTypeDecls().stream()
          .map(each -> trees.getElement(new TreePath(new TreePath(unit), each)))
          .filter(TypeElement.class::isInstance)
          .map(TypeElement.class::cast)
          .filter(each -> twin.getQualifiedName().contentEquals(api.twinOf(each)))
          .findFirst();
    }
    return Optional.empty();
  }

  /** By its name, since javac has found none: a method of the user's hides what is imported. */
  private boolean isOfAsync(ExpressionTree name) {
    return name instanceof MemberSelectTree select
        ? select.getExpression().toString().equals("Async")
        : importsAsync() && isFunction(name.toString()) && !isDeclaredHere(name.toString());
  }

  private boolean importsAsync() {
    return unit.getImports().stream()
        .filter(ImportTree::isStatic)
        .anyMatch(each -> each.getQualifiedIdentifier().toString().startsWith(ASYNC + "."));
  }

  private boolean isFunction(String name) {
    TypeElement async = api.elements().getTypeElement(ASYNC);
    return async != null && methodsOf(async).anyMatch(name::equals);
  }

  private boolean isDeclaredHere(String name) {
    return unit.getTypeDecls().stream()
        .map(each -> trees.getElement(new TreePath(new TreePath(unit), each)))
        .anyMatch(
            each -> each instanceof TypeElement type && methodsOf(type).anyMatch(name::equals));
  }

  // What stands around

  private boolean isInCoroutine(TreePath place) {
    TreePath method = methodAround(place);
    return method != null && isCoroutine(method);
  }

  private boolean isCoroutine(TreePath method) {
    return trees.getElement(method) instanceof ExecutableElement element
        && api.isCoroutine(element);
  }

  private static @Nullable TreePath methodAround(TreePath place) {
    TreePath path = place;
    while (path != null && !(path.getLeaf() instanceof MethodTree)) {
      path = path.getParentPath();
    }
    return path;
  }

  private static boolean isLambda(Tree tree) {
    return tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree;
  }

  private static String simpleName(ExpressionTree select) {
    return select instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : select.toString();
  }

  /** {@code fetch(…)}. */
  private static String text(Tree tree) {
    return tree instanceof MethodInvocationTree call
        ? call.getMethodSelect() + (call.getArguments().isEmpty() ? "()" : "(…)")
        : tree.toString();
  }

  private void add(Diagnostic diagnostic, Tree at, String... arguments) {
    int start = (int) trees.getSourcePositions().getStartPosition(unit, at);
    int end = (int) trees.getSourcePositions().getEndPosition(unit, at);
    faults.add(
        new Fault(diagnostic, List.of(arguments), start, end)
            .mendedBy(new Mending(api, trees, unit).of(diagnostic, at, arguments)));
  }
}
