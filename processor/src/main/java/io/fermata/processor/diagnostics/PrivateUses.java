package io.fermata.processor.diagnostics;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.remedies.DroppedModifier;
import io.fermata.processor.remedies.Remedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Collects the uses of private members over all coroutines of a compile, and reports each member
 * once: at its declaration, which is where it is mended. One that no source of the compile declares
 * is reported at its uses.
 */
public final class PrivateUses {

  /** How many uses are named; the others are counted. */
  private static final int MOST_NAMED = 6;

  private record Member(String type, String member) {}

  private record Use(CompilationUnitTree unit, Fault fault, MemberUse use) {}

  private final Elements elements;
  private final Trees trees;
  private final Reporter reporter;
  private final Function<ExecutableElement, String> keys;
  private final Predicate<Element> canBeOpened;
  private final Map<Member, List<Use>> uses = new LinkedHashMap<>();

  /**
   * For a whole compile.
   *
   * @param keys what tells the methods and constructors of a class apart
   * @param canBeOpened whether a private member may lose its modifier
   */
  public PrivateUses(
      Elements elements,
      Trees trees,
      Reporter reporter,
      Function<ExecutableElement, String> keys,
      Predicate<Element> canBeOpened) {
    this.elements = elements;
    this.trees = trees;
    this.reporter = reporter;
    this.keys = keys;
    this.canBeOpened = canBeOpened;
  }

  /** Keeps a fault, for later if it is a use of what is private. */
  public void add(CompilationUnitTree unit, Fault fault) {
    if (fault.use() == null) {
      reporter.add(unit, fault);
    } else {
      MemberUse use = fault.use();
      uses.computeIfAbsent(new Member(use.type(), use.member()), member -> new ArrayList<>())
          .add(new Use(unit, fault, use));
    }
  }

  /** Keeps a fault of a declaration, for later if it is a use of what is private. */
  public void add(ElementFault fault) {
    if (fault.hidden() == null) {
      reporter.add(fault);
    } else {
      TreePath path = trees.getPath(fault.element());
      String name = fault.hidden().getQualifiedName().toString();
      MemberUse use = MemberUse.ofType(name, displayName(fault.element()), lineOf(path));
      add(path.getCompilationUnit(), reporter.placed(fault).as(use));
    }
  }

  /** What stands above the result are annotations. */
  private int lineOf(TreePath method) {
    CompilationUnitTree unit = method.getCompilationUnit();
    Tree result = ((MethodTree) method.getLeaf()).getReturnType();
    long at = trees.getSourcePositions().getStartPosition(unit, result);
    return (int) unit.getLineMap().getLineNumber(at);
  }

  private static String displayName(Element method) {
    StringBuilder name = new StringBuilder(method.getSimpleName());
    for (Element e = method.getEnclosingElement();
        e instanceof TypeElement;
        e = e.getEnclosingElement()) {
      name.insert(0, e.getSimpleName() + ".");
    }
    return name.toString();
  }

  /** Reports what was collected. All bodies have been looked at, and javac has analysed none. */
  public void report() {
    uses.forEach(
        (member, found) ->
            declaration(found.get(0).use())
                .ifPresentOrElse(
                    declaration -> report(declaration, found),
                    () -> found.forEach(each -> reporter.add(each.unit(), each.fault()))));
    uses.clear();
  }

  private Optional<Element> declaration(MemberUse use) {
    TypeElement type = elements.getTypeElement(use.type());
    if (type == null) {
      return Optional.empty();
    }
    Optional<? extends Element> declaration =
        use.member().isEmpty()
            ? Optional.of(type)
            : type.getEnclosedElements().stream()
                .filter(each -> nameOf(each).equals(use.member()))
                .findFirst();
    return declaration.map(Element.class::cast).filter(each -> trees.getPath(each) != null);
  }

  private String nameOf(Element member) {
    return member instanceof ExecutableElement method
        ? keys.apply(method)
        : member.getSimpleName().toString();
  }

  private void report(Element declaration, List<Use> found) {
    List<String> arguments = new ArrayList<>(found.get(0).fault().arguments());
    arguments.add(describe(found));
    Fault fault =
        reporter.placed(new ElementFault(Diagnostic.PRIVATE_MEMBER, arguments, declaration, null));
    TreePath path = trees.getPath(declaration);
    Remedy remedy =
        canBeOpened.test(declaration)
            ? DroppedModifier.of(path, "private", trees.getSourcePositions())
            : Remedy.NONE;
    reporter.add(path.getCompilationUnit(), fault.mendedBy(remedy));
  }

  /** {@code Counter.countTo (lines 5, 6), Counter.reset (line 12) and 3 more}. */
  private static String describe(List<Use> found) {
    List<MemberUse> places =
        found.stream()
            .map(Use::use)
            .distinct()
            .sorted(Comparator.comparingInt(MemberUse::line).thenComparing(MemberUse::coroutine))
            .toList();
    List<MemberUse> named = places.subList(0, Math.min(places.size(), MOST_NAMED));
    Map<String, Set<Integer>> lines = new LinkedHashMap<>();
    named.forEach(
        each ->
            lines
                .computeIfAbsent(each.coroutine(), coroutine -> new LinkedHashSet<>())
                .add(each.line()));
    StringJoiner text = new StringJoiner(", ");
    lines.forEach(
        (coroutine, in) -> {
          StringJoiner all = new StringJoiner(", ", in.size() > 1 ? "(lines " : "(line ", ")");
          in.forEach(line -> all.add(line.toString()));
          text.add(coroutine + " " + all);
        });
    int more = places.size() - named.size();
    return more == 0 ? text.toString() : text + " and " + more + " more";
  }
}
