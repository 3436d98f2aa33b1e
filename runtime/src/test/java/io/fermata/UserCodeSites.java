package io.fermata;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.Origin;
import javax.lang.model.util.Types;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places in the runtime's sources where code of users may run: calls of methods that they
 * can implement or override, and calls of the JDK with objects of theirs, which may call them back.
 *
 * <p>A place is {@code class.method -> callee}; {@code class.method -> *} where the JDK is between.
 * Collections count if a caller has handed them in, or if the call goes to their elements.
 * Coroutines do not: their bodies run in a task's step, which is made for what they throw.
 */
final class UserCodeSites {
  /** Classes of the JDK that users extend. Others that are not final are taken for the JDK's. */
  private static final Set<String> EXTENDED =
      Set.of("java.lang.Object", "java.util.concurrent.CompletableFuture", "java.io.PrintStream");

  private static final Set<String> COLLECTIONS =
      Set.of(
          "java.lang.Iterable",
          "java.lang.ThreadLocal",
          "java.util.Collection",
          "java.util.Deque",
          "java.util.Iterator",
          "java.util.List",
          "java.util.Map",
          "java.util.Map.Entry",
          "java.util.Queue",
          "java.util.Set",
          "java.util.stream.Stream");

  /** Methods of collections that call their elements, where those are no keys. */
  private static final Set<String> TO_ELEMENTS =
      Set.of(
          "contains(java.lang.Object)",
          "equals(java.lang.Object)",
          "hashCode()",
          "indexOf(java.lang.Object)",
          "lastIndexOf(java.lang.Object)",
          "remove(java.lang.Object)",
          "toString()");

  /** Methods of the JDK that take an object and call nothing of it. */
  private static final Set<String> HARMLESS =
      Set.of(
          "java.lang.Class.isInstance",
          "java.lang.System.identityHashCode",
          "java.lang.Throwable.addSuppressed",
          "java.util.ArrayList.add",
          "java.util.Deque.add",
          "java.util.List.add",
          "java.util.List.of",
          "java.util.Objects.requireNonNull",
          "java.util.Queue.add");

  private final Types types;
  private final Elements elements;
  private final Trees trees;
  private final Set<String> found = new TreeSet<>();

  private UserCodeSites(JavacTask task) {
    this.types = task.getTypes();
    this.elements = task.getElements();
    this.trees = Trees.instance(task);
  }

  /** The places in all sources below a directory, which are a module that needs these jars. */
  static Set<String> in(Path sources, Path modules) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none", "--module-path", modules.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(java));
      Iterable<? extends CompilationUnitTree> units = task.parse();
      task.analyze();
      UserCodeSites sites = new UserCodeSites(task);
      units.forEach(unit -> sites.new Scanner().scan(unit, null));
      return sites.found;
    }
  }

  private boolean isUsers(TypeMirror type) {
    return switch (type.getKind()) {
      case TYPEVAR -> isUsers(((TypeVariable) type).getUpperBound());
      case INTERSECTION -> ((IntersectionType) type).getBounds().stream().anyMatch(this::isUsers);
      case WILDCARD -> {
        TypeMirror bound = ((WildcardType) type).getExtendsBound();
        yield bound == null || isUsers(bound);
      }
      case DECLARED -> isUsers((TypeElement) ((DeclaredType) type).asElement());
      default -> false;
    };
  }

  private boolean isUsers(TypeElement type) {
    Set<Modifier> modifiers = type.getModifiers();
    String name = type.getQualifiedName().toString();
    if (modifiers.contains(Modifier.FINAL)
        || modifiers.contains(Modifier.SEALED)
        || !modifiers.contains(Modifier.PUBLIC)
        || name.startsWith("io.fermata.internal.")
        || name.startsWith("io.fermata.codegen.")) {
      return false;
    }
    return type.getKind() == ElementKind.INTERFACE
        || name.startsWith("io.fermata.")
        || EXTENDED.contains(name)
        || types.isSubtype(
            types.erasure(type.asType()), elements.getTypeElement("java.lang.Throwable").asType());
  }

  private static boolean isCollection(TypeMirror type) {
    return type instanceof DeclaredType declared
        && COLLECTIONS.contains(((TypeElement) declared.asElement()).getQualifiedName().toString());
  }

  private boolean hasUsersElements(TypeMirror type) {
    return isCollection(type)
        && ((DeclaredType) type).getTypeArguments().stream().anyMatch(this::isUsers);
  }

  private static boolean isOverridable(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    return method.getKind() == ElementKind.METHOD
        && !modifiers.contains(Modifier.STATIC)
        && !modifiers.contains(Modifier.FINAL)
        && !modifiers.contains(Modifier.PRIVATE)
        && !method.getEnclosingElement().getModifiers().contains(Modifier.FINAL);
  }

  private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
      ExecutableElement method = (ExecutableElement) trees.getElement(getCurrentPath());
      ExpressionTree select = call.getMethodSelect();
      if (isOverridable(method) && !select.toString().contains("super.")) {
        boolean users =
            select instanceof MemberSelectTree on
                ? isUsers(on.getExpression()) || goesToElements(on, method)
                : UserCodeSites.this.isUsers(method.getEnclosingElement().asType());
        if (users) {
          add(method.getSimpleName().toString());
        }
      }
      lookAtArguments(method, call.getArguments());
      return super.visitMethodInvocation(call, null);
    }

    private boolean goesToElements(MemberSelectTree on, ExecutableElement method) {
      TypeMirror type = typeOf(on.getExpression());
      return type != null && TO_ELEMENTS.contains(method.toString()) && hasUsersElements(type);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void unused) {
      if (trees.getElement(getCurrentPath()) instanceof ExecutableElement constructor) {
        lookAtArguments(constructor, creation.getArguments());
      }
      return super.visitNewClass(creation, null);
    }

    private void lookAtArguments(
        ExecutableElement method, List<? extends ExpressionTree> arguments) {
      String owner = ((TypeElement) method.getEnclosingElement()).getQualifiedName().toString();
      boolean isThrowable = owner.startsWith("java.lang.") && owner.endsWith("Exception");
      if (!owner.startsWith("java")
          || isThrowable
          || HARMLESS.contains(owner + "." + method.getSimpleName())) {
        return;
      }
      for (ExpressionTree argument : arguments) {
        if (!(argument instanceof LambdaExpressionTree)
            && !(argument instanceof MemberReferenceTree)
            && isUsers(argument)) {
          add("*");
        }
      }
    }

    @Override
    public @Nullable Void visitMemberReference(
        MemberReferenceTree reference, @Nullable Void unused) {
      if (trees.getElement(getCurrentPath()) instanceof ExecutableElement method
          && isOverridable(method)
          && isUsers(reference.getQualifierExpression())) {
        add(method.getSimpleName().toString());
      }
      return super.visitMemberReference(reference, null);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void unused) {
      TypeMirror type = trees.getTypeMirror(getCurrentPath());
      if (binary.getKind() == Tree.Kind.PLUS && type.toString().equals("java.lang.String")) {
        for (ExpressionTree operand : List.of(binary.getLeftOperand(), binary.getRightOperand())) {
          TypeMirror text = typeOf(operand);
          if (text != null && hasUsersText(operand, text)) {
            add("toString");
          }
        }
      }
      return super.visitBinary(binary, null);
    }

    private boolean hasUsersText(ExpressionTree operand, TypeMirror type) {
      if (!(type instanceof DeclaredType declared)) {
        return isUsers(operand);
      }
      TypeElement element = (TypeElement) declared.asElement();
      for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(element))) {
        if (method.getSimpleName().contentEquals("toString") && method.getParameters().isEmpty()) {
          boolean ofRecord = elements.getOrigin(method) == Origin.MANDATED;
          return ofRecord
              || (isOverridable(method) && (isUsers(operand) || hasUsersElements(type)));
        }
      }
      return false;
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void unused) {
      if (isUsers(loop.getExpression())) {
        add("iterator");
      }
      return super.visitEnhancedForLoop(loop, null);
    }

    private boolean isUsers(ExpressionTree expression) {
      TypeMirror type = typeOf(expression);
      return type != null
          && UserCodeSites.this.isUsers(type)
          && (!isCollection(type) || isHandedIn(expression));
    }

    /** Whether a collection comes from a parameter. */
    private boolean isHandedIn(ExpressionTree expression) {
      ExpressionTree root = expression;
      for (; ; ) {
        if (root instanceof MethodInvocationTree call) {
          root =
              call.getMethodSelect().toString().equals("Objects.requireNonNull")
                  ? call.getArguments().get(0)
                  : call.getMethodSelect();
        } else if (root instanceof MemberSelectTree select) {
          root = select.getExpression();
        } else if (root instanceof ParenthesizedTree inner) {
          root = inner.getExpression();
        } else {
          Element element = trees.getElement(new TreePath(getCurrentPath(), root));
          return element != null && element.getKind() == ElementKind.PARAMETER;
        }
      }
    }

    private @Nullable TypeMirror typeOf(ExpressionTree expression) {
      return trees.getTypeMirror(new TreePath(getCurrentPath(), expression));
    }

    private void add(String callee) {
      String method = null;
      for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
        if (at.getLeaf() instanceof MethodTree declaration && method == null) {
          method = declaration.getName().toString();
        } else if (at.getLeaf() instanceof ClassTree) {
          TypeElement type = (TypeElement) trees.getElement(at);
          String name = elements.getBinaryName(type).toString().replace("io.fermata.", "");
          found.add(name + "." + (method == null ? "<init>" : method) + " -> " + callee);
          return;
        }
      }
    }
  }
}
