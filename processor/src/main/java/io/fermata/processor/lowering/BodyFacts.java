package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.fermata.processor.attribution.AsyncArguments;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.TypeReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Parameterizable;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * What one look over a method tells before any of it is lowered: where resume points stand, whose
 * variables are whose, and which bindings are used outside the expression that declares them.
 */
final class BodyFacts {

  private static final String ASYNC = "io.fermata.Async";
  private static final Set<String> SINKS = Set.of("io.fermata.Emitter", "io.fermata.Yielder");

  private final AttributedBody body;
  private final BodyLook look;
  private final ExceptionClasses exceptions;
  private final Set<Element> moving;

  BodyFacts(AttributedBody body) {
    this.body = body;
    this.look = new BodyLook(this, body);
    look.scan(body.path(), null);
    this.exceptions = ExceptionClasses.of(this, look.localClasses.keySet());
    this.moving =
        look.localClasses.isEmpty()
            ? Set.of()
            : MovingClasses.find(this, look.coroutineLambdas.keySet(), exceptions.moving());
  }

  /** Whether a resume point of the body around it stands in this tree. */
  boolean suspends(@Nullable Tree tree) {
    return tree != null && look.suspending.contains(tree);
  }

  /** The calls that no code may go through with. */
  Leftovers leftovers() {
    return look.leftovers;
  }

  /** Whether this is what stands behind {@code when}. */
  boolean isGuard(Tree tree) {
    TreePath path = tree instanceof ExpressionTree ? look.paths.get(tree) : null;
    return path != null
        && path.getParentPath() != null
        && path.getParentPath().getLeaf() instanceof CaseTree around
        && CaseLowering.isGuard(tree, around);
  }

  /** The method itself. */
  Tree methodTree() {
    return body.tree();
  }

  /** The way to a tree of the method. */
  TreePath path(Tree tree) {
    return Objects.requireNonNull(look.paths.get(tree), () -> "not of this method: " + tree);
  }

  /** The tree around this one. */
  Tree parent(Tree tree) {
    return path(tree).getParentPath().getLeaf();
  }

  /** What the name in this tree means. */
  @Nullable Element element(Tree tree) {
    return body.trees().getElement(path(tree));
  }

  /** What this declares, which must be something. */
  Element requireElement(Tree tree) {
    return Objects.requireNonNull(element(tree), () -> "no element: " + tree);
  }

  /** The way to the tree around {@code tree}. */
  @Nullable TreePath pathAround(Tree tree) {
    return path(tree).getParentPath();
  }

  /** The type of an expression. */
  TypeMirror type(Tree tree) {
    return Objects.requireNonNull(typeIfAny(tree), () -> "no type: " + tree);
  }

  /** The type of an expression or a variable; null if it has none. */
  @Nullable TypeMirror typeIfAny(Tree tree) {
    return body.trees().getTypeMirror(path(tree));
  }

  /**
   * The method, coroutine lambda or class of the body in which a variable is declared; null for one
   * that is declared outside the method, and for a field.
   */
  @Nullable Tree root(Element variable) {
    return look.roots.get(variable);
  }

  /** The root around a class that is one itself; null for another root. */
  @Nullable Tree rootAround(Tree root) {
    return look.rootsOfClasses.get(root);
  }

  /** Whether this pattern variable is used behind {@code end}. */
  boolean isUsedBehind(Element binding, int end) {
    return look.bindings.contains(binding) && look.lastUse.getOrDefault(binding, 0) >= end;
  }

  /**
   * The variables, fields among them, that are declared before this tree; of the parameters of
   * lambdas those around it.
   */
  List<Element> variablesBefore(Tree tree) {
    int position = body.start(tree);
    return look.variables.stream()
        .filter(each -> body.start(each) >= 0 && body.start(each) < position)
        .filter(
            each -> !(parent(each) instanceof LambdaExpressionTree lambda) || isIn(tree, lambda))
        .map(this::requireElement)
        .toList();
  }

  /** Whether a class is declared in the body. */
  boolean isLocal(Element type) {
    return look.localClasses.containsKey(type);
  }

  /** The declaration of a class in the body. */
  ClassTree declaration(Element type) {
    return Objects.requireNonNull(look.localClasses.get(type), () -> "not of this body: " + type);
  }

  /**
   * Whether a class of the body has to move to the continuation wherever it stands, since the
   * generated class, a coroutine lambda, or another class that moves, needs its name.
   */
  boolean mustMove(Element type) {
    return moving.contains(type);
  }

  /** The classes of the body that can't be generic. */
  ExceptionClasses exceptions() {
    return exceptions;
  }

  /** Whether the method has type parameters, its own or those of its class. */
  boolean isGeneric() {
    return !body.method().typeParameters().isEmpty();
  }

  /** The anonymous classes that move, in the order of the source. */
  List<TypeElement> movingAnonymous() {
    return look.localClasses.keySet().stream()
        .filter(type -> type.getSimpleName().contentEquals("") && moving.contains(type))
        .map(TypeElement.class::cast)
        .toList();
  }

  /**
   * Whether this tree stays in the declaration of that class: stands in it, and in no coroutine
   * lambda and no class in it that moves.
   */
  boolean staysIn(Tree tree, Element type) {
    Tree declaration = look.localClasses.get(type);
    for (TreePath path = path(tree); path != null; path = path.getParentPath()) {
      Tree leaf = path.getLeaf();
      if (leaf == declaration) {
        return true;
      }
      if (look.coroutineLambdas.containsKey(leaf)
          || (leaf instanceof ClassTree && moving.contains(body.trees().getElement(path)))) {
        return false;
      }
    }
    return false;
  }

  /** Whether this is the class of an enum constant that has a body (JLS 8.9.1). */
  boolean isEnumConstant(Element type) {
    return type.getSimpleName().contentEquals("")
        && ((TypeElement) type).getSuperclass() instanceof DeclaredType declared
        && declared.asElement().getKind() == ElementKind.ENUM;
  }

  /** Whether code at this tree can name the type parameters of the method. */
  boolean seesMethod(Tree tree) {
    return scopesAround(tree).stream().noneMatch(TypeReader::isStatic);
  }

  /** The type parameters of classes and methods of the body that this tree can name. */
  List<TypeParameterElement> typeParametersAround(Tree tree) {
    List<TypeParameterElement> all = new ArrayList<>();
    for (Element each : scopesAround(tree)) {
      all.addAll(0, ((Parameterizable) each).getTypeParameters());
      if (TypeReader.isStatic(each)) {
        break;
      }
    }
    return all;
  }

  /** The methods and classes of the body that this tree stands in, from the inside out. */
  private List<Element> scopesAround(Tree tree) {
    List<Element> scopes = new ArrayList<>();
    for (TreePath path = pathAround(tree);
        path != null && path.getLeaf() != body.tree();
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof ClassTree || path.getLeaf() instanceof MethodTree) {
        scopes.add(requireElement(path.getLeaf()));
      }
    }
    return scopes;
  }

  /** Whether this is a member class whose objects have another around them. */
  boolean isInner(Element type) {
    return type.getKind() == ElementKind.CLASS
        && !type.getModifiers().contains(Modifier.STATIC)
        && type.getEnclosingElement() instanceof TypeElement;
  }

  /** The method of a functional interface (JLS 9.8). */
  ExecutableElement function(TypeElement functional) {
    TypeElement object = body.elements().getTypeElement("java.lang.Object");
    return ElementFilter.methodsIn(body.elements().getAllMembers(functional)).stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
        .filter(
            method ->
                ElementFilter.methodsIn(object.getEnclosedElements()).stream()
                    .noneMatch(own -> body.elements().overrides(method, own, functional)))
        .findFirst()
        .orElseThrow();
  }

  /** Whether {@code inner} is, or stands in, {@code outer}. */
  boolean isIn(Tree inner, Tree outer) {
    for (TreePath path = path(inner); path != null; path = path.getParentPath()) {
      if (path.getLeaf() == outer) {
        return true;
      }
    }
    return false;
  }

  /** The innermost class around {@code at} that has this member; empty for a static import. */
  Optional<TypeElement> holder(Element member, Tree at) {
    if (!(member.getEnclosingElement() instanceof TypeElement declarer)) {
      return Optional.empty();
    }
    if (declarer.getKind().isInterface()
        && member.getKind() == ElementKind.METHOD
        && member.getModifiers().contains(Modifier.STATIC)) {
      return Optional.of(declarer); // not inherited (JLS 8.4.8)
    }
    TypeMirror declaring = body.types().erasure(declarer.asType());
    for (TreePath path = pathAround(at); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof ClassTree
          && body.trees().getElement(path) instanceof TypeElement type
          && body.types().isSubtype(body.types().erasure(type.asType()), declaring)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether this is the whole body of the method or of a coroutine lambda. */
  boolean isBodyOfCoroutine(Tree block) {
    Tree around = parent(block);
    return around == body.tree() || look.coroutineLambdas.containsKey(around);
  }

  /** Whether this lambda is the argument of {@code async}. */
  boolean isCoroutineLambda(Tree lambda) {
    return look.coroutineLambdas.containsKey(lambda);
  }

  /** The {@code async} that is called with this lambda. */
  ExecutableElement asyncOf(LambdaExpressionTree lambda) {
    MethodInvocationTree call = Objects.requireNonNull(look.coroutineLambdas.get(lambda));
    return (ExecutableElement) requireElement(call.getMethodSelect());
  }

  /** The call of {@code async} that this gives a lambda to. */
  Optional<MethodInvocationTree> asyncAround(ExpressionTree tree) {
    return Optional.ofNullable(look.coroutineLambdas.get(AsyncArguments.choices(tree).get(0)));
  }

  /** Whether this names a type, and has no value. */
  boolean isType(Tree tree) {
    return tree instanceof ParameterizedTypeTree
        || tree instanceof ArrayTypeTree
        || tree instanceof PrimitiveTypeTree
        || tree instanceof AnnotatedTypeTree
        || element(tree) instanceof TypeElement
        || element(tree) instanceof TypeParameterElement;
  }

  /** Whether this is {@code super} or {@code Type.super}. */
  boolean isSuper(ExpressionTree tree) {
    return (tree instanceof IdentifierTree name && name.getName().contentEquals("super"))
        || (tree instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("super"));
  }

  /** Every identifier in the method. */
  Set<String> names() {
    return look.names;
  }

  /** The names of all classes declared in the method. */
  Set<String> classNames() {
    return look.localClasses.keySet().stream()
        .map(type -> type.getSimpleName().toString())
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Whether this calls {@code Async.await}. */
  boolean isAwait(MethodInvocationTree call) {
    return isMethodOf(call, "await", Set.of(ASYNC));
  }

  /** Whether this calls {@code Async.async}. */
  boolean isAsync(MethodInvocationTree call) {
    return isMethodOf(call, "async", Set.of(ASYNC));
  }

  /** Whether this gives one value to a generator's consumer. */
  boolean isEmit(MethodInvocationTree call) {
    return isMethodOf(call, "emit", SINKS) || isMethodOf(call, "yield", SINKS);
  }

  /** Whether this gives all values of another sequence to a generator's consumer. */
  boolean isEmitAll(MethodInvocationTree call) {
    return isMethodOf(call, "emitAll", SINKS) || isMethodOf(call, "yieldAll", SINKS);
  }

  /** Whether it is a plain generator that gives all values of another sequence. */
  boolean isYieldAll(MethodInvocationTree call) {
    return isMethodOf(call, "yieldAll", SINKS);
  }

  /** Whether a value of this type is one of {@code className}. */
  boolean isA(TypeMirror type, String className) {
    TypeElement wanted = body.elements().getTypeElement(className);
    return wanted != null
        && body.types()
            .isAssignable(body.types().erasure(type), body.types().erasure(wanted.asType()));
  }

  /** The {@code Iterable} that a type is. */
  DeclaredType iterable(TypeMirror type) {
    return supertype(type, "java.lang.Iterable")
        .orElseThrow(() -> new IllegalArgumentException("not iterable: " + type));
  }

  /** This class as a type extends it; the type itself if it is that class. */
  Optional<DeclaredType> supertype(TypeMirror type, String className) {
    Deque<TypeMirror> supertypes = new ArrayDeque<>(List.of(type));
    while (!supertypes.isEmpty()) {
      TypeMirror next = supertypes.remove();
      if (next instanceof DeclaredType declared
          && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(className)) {
        return Optional.of(declared);
      }
      supertypes.addAll(body.types().directSupertypes(next));
    }
    return Optional.empty();
  }

  /** {@code java.lang.Object}. */
  TypeMirror objectType() {
    return Objects.requireNonNull(body.elements().getTypeElement("java.lang.Object")).asType();
  }

  /** What a value of this type argument is at least. */
  TypeMirror upperBound(TypeMirror argument) {
    if (!(argument instanceof WildcardType wildcard)) {
      return argument;
    }
    return wildcard.getExtendsBound() == null ? objectType() : wildcard.getExtendsBound();
  }

  /** Whether this expression calls a generator's twin. */
  boolean isGeneratorCall(ExpressionTree expression, String generatorClass) {
    return expression instanceof MethodInvocationTree && isA(type(expression), generatorClass);
  }

  private boolean isMethodOf(MethodInvocationTree call, String name, Set<String> owners) {
    return element(call.getMethodSelect()) instanceof ExecutableElement method
        && method.getSimpleName().contentEquals(name)
        && method.getEnclosingElement() instanceof TypeElement owner
        && owners.contains(owner.getQualifiedName().toString());
  }
}
