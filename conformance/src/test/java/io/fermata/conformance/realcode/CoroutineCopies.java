package io.fermata.conformance.realcode;

import static java.util.stream.Collectors.joining;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.fermata.conformance.realcode.CopiedSource.Copy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Gives methods copies that are coroutines, makes private members package-private, and has inner
 * classes hand out the objects around, since the coroutines stand in another class.
 *
 * <pre>{@code
 * private static int count(String s) {
 *   return s.length();
 * }
 *
 * // a coroutine at the end of the class:
 * static int countCo(String s) {
 *   await(Steps.later(1));
 *   return await(Steps.<Integer>later(s.length()));
 * }
 * }</pre>
 */
final class CoroutineCopies extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final Pattern PRIVATE = Pattern.compile("\\bprivate\\b");

  private final Source source;
  private final Awaits awaits;
  private final Predicate<Element> isCopied;
  private final Predicate<Element> isCalledByItsTwin;
  private final StringBuilder opened;
  private final List<Copy> copies = new ArrayList<>();

  private CoroutineCopies(
      Source source,
      Awaits awaits,
      Predicate<Element> isCopied,
      Predicate<Element> isCalledByItsTwin) {
    this.source = source;
    this.awaits = awaits;
    this.isCopied = isCopied;
    this.isCalledByItsTwin = isCalledByItsTwin;
    this.opened = new StringBuilder(source.text());
  }

  /** Copies of all methods but those of classes in methods. */
  static CopiedSource ofMethods(Source source, Awaits awaits) {
    return new CoroutineCopies(source, awaits, method -> true, method -> false).copy();
  }

  /** Copies of the static methods of the first class, which call one another. */
  static CopiedSource ofStaticMethods(Source source) {
    Set<Element> methods = staticMethods(source);
    return new CoroutineCopies(source, Awaits.EVERYWHERE, methods::contains, methods::contains)
        .copy();
  }

  private static Set<Element> staticMethods(Source source) {
    TreePath type = new TreePath(new TreePath(source.unit()), source.unit().getTypeDecls().get(0));
    Set<Element> methods = new HashSet<>();
    Set<Name> others = new HashSet<>();
    for (Tree member : ((ClassTree) type.getLeaf()).getMembers()) {
      if (member instanceof MethodTree method) {
        if (method.getModifiers().getFlags().contains(Modifier.STATIC) && mayBeCoroutine(method)) {
          methods.add(source.trees().getElement(new TreePath(type, method)));
        } else {
          others.add(method.getName());
        }
      }
    }
    // One overload that stays plain would be called by the copies of the others.
    methods.removeIf(each -> others.contains(each.getSimpleName()));
    return methods;
  }

  /** The name of the copy of a method. */
  static String copyOf(String method) {
    return method + "Co";
  }

  private CopiedSource copy() {
    scan(source.unit(), null);
    copies.sort(Comparator.comparingInt(Copy::at));
    return new CopiedSource(source.name(), source.text(), opened.toString(), copies);
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
    open(type.getModifiers());
    TypeElement element = (TypeElement) source.trees().getElement(getCurrentPath());
    if (element.getKind() == ElementKind.CLASS
        && !element.getModifiers().contains(Modifier.STATIC)
        && element.getEnclosingElement() instanceof TypeElement outer) {
      int end = source.end(type) - 1;
      copies.add(new Copy(end, handingOut(outer, "objectAround" + end), false));
    }
    return super.visitClass(type, null);
  }

  private static String handingOut(TypeElement outer, String name) {
    return "\n  final %s %s() { return %s.this; }\n"
        .formatted(outer.asType(), name, outer.getSimpleName());
  }

  @Override
  public @Nullable Void visitVariable(VariableTree field, @Nullable Void unused) {
    open(field.getModifiers());
    return null;
  }

  @Override
  public @Nullable Void visitBlock(BlockTree initializer, @Nullable Void unused) {
    return null;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
    if (!isInInterface()) {
      open(method.getModifiers());
    }
    Tree type = getCurrentPath().getParentPath().getLeaf();
    Element element = source.trees().getElement(getCurrentPath());
    if (mayBeCoroutine(method) && source.end(method) >= 0 && isCopied.test(element)) {
      copies.add(new Copy(source.end(type) - 1, "\n  " + copy(method) + "\n", true));
    }
    return null;
  }

  private void open(ModifiersTree modifiers) {
    if (modifiers.getFlags().contains(Modifier.PRIVATE) && source.end(modifiers) >= 0) {
      Matcher keyword =
          PRIVATE.matcher(source.text()).region(source.start(modifiers), source.end(modifiers));
      while (keyword.find()) {
        opened.replace(keyword.start(), keyword.end(), " ".repeat(keyword.group().length()));
      }
    }
  }

  private static boolean mayBeCoroutine(MethodTree method) {
    return method.getReturnType() != null
        && method.getBody() != null
        && !method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED);
  }

  private String copy(MethodTree method) {
    String text = source.text();
    int result = source.start(method.getReturnType());
    int afterResult = source.end(method.getReturnType());
    String name = method.getName().toString();
    Matcher declaration =
        Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "\\s*\\(").matcher(text);
    if (!declaration.region(afterResult, text.length()).find()) {
      throw new IllegalStateException("no name: " + method);
    }
    String parameters =
        text.substring(declaration.start() + name.length(), source.start(method.getBody()));
    return "@io.fermata.Coroutine @SuppressWarnings(\"all\") "
        + modifiers(method)
        + typeParameters(method)
        + text.substring(result, afterResult)
        + " "
        + copyOf(name)
        + parameters
        + AwaitPlaces.inBody(source, getCurrentPath(), awaits, isCalledByItsTwin);
  }

  private String modifiers(MethodTree method) {
    Set<Modifier> flags = method.getModifiers().getFlags();
    if (isInInterface() && flags.contains(Modifier.PRIVATE) && !flags.contains(Modifier.STATIC)) {
      return "default ";
    }
    return Stream.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.STATIC, Modifier.DEFAULT)
        .filter(flags::contains)
        .map(each -> each + " ")
        .collect(joining());
  }

  private boolean isInInterface() {
    return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
  }

  private String typeParameters(MethodTree method) {
    if (method.getTypeParameters().isEmpty()) {
      return "";
    }
    int first = source.start(method.getTypeParameters().get(0));
    int result = source.start(method.getReturnType());
    return source.text().substring(source.text().lastIndexOf('<', first), result);
  }
}
