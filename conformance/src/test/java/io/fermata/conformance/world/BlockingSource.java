package io.fermata.conformance.world;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Spells out in plain Java what a coroutine adds to it.
 *
 * <pre>{@code
 * try (Scope s = env.scope("s")) { body }
 * // becomes
 * scope$1: { final Scope s = env.scope("s"); await(s.enter()); Throwable t$1 = null;
 *   try { body } catch (Throwable e$1) { t$1 = e$1; throw e$1; } finally { leave(s, t$1) } }
 *
 * for (T x : OwnerAsync.generator()) { body }
 * // becomes
 * { var g$2 = new Closing(); Throwable t$2 = null; try { for (T x : g$2.of(OwnerAsync.generator())) { body }
 *   } catch (Throwable e$2) { t$2 = e$2; throw e$2; } finally { g$2.leave(t$2); } }
 * }</pre>
 *
 * <p>Scopes are known by the text that makes them: {@code env.scope(…)}, {@code env.fileScope(…)},
 * {@code TaskGroup.open()}, {@code AsyncGenerator<…> g = …}, {@code new …Scope(…)}, or by the name
 * of a variable that ends in {@code Scope}.
 */
final class BlockingSource extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** A piece of text to put in the place of another. */
  private record Edit(int start, int end, int order, String text) {}

  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final String text;
  private final List<Edit> edits = new ArrayList<>();
  private int names;

  private BlockingSource(CompilationUnitTree unit, SourcePositions positions, String text) {
    this.unit = unit;
    this.positions = positions;
    this.text = text;
  }

  static SourceText of(SourceText source) {
    try {
      JavacTask task =
          (JavacTask) COMPILER.getTask(null, null, d -> {}, null, null, List.of(source.asFile()));
      CompilationUnitTree unit = task.parse().iterator().next();
      BlockingSource scanner =
          new BlockingSource(unit, Trees.instance(task).getSourcePositions(), source.text());
      scanner.scan(unit, null);
      return new SourceText(source.className(), scanner.edited());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    if (tree.getResources().stream().anyMatch(this::isScope)) {
      spellOut(tree);
    }
    return super.visitTry(tree, null);
  }

  private void spellOut(TryTree tree) {
    BlockTree body = tree.getBlock();
    boolean handled = !tree.getCatches().isEmpty() || tree.getFinallyBlock() != null;
    StringBuilder before = new StringBuilder(handled ? "try { " : "");
    StringBuilder after = new StringBuilder(handled ? " }" : "");
    int from = start(tree);
    for (Tree resource : tree.getResources()) {
      int n = ++names;
      String declaration = textOf(resource);
      int declared = start(resource);
      String behind;
      if (isScope(resource)) {
        String name = "r$" + n;
        before.append("scope$" + n + ": { ");
        if (resource instanceof VariableTree variable && isUnnamed(variable)) {
          before.append("final var " + name + " = ");
          declared = start(requireNonNull(variable.getInitializer()));
        } else if (resource instanceof VariableTree variable) {
          name = variable.getName().toString();
          before.append(declaration.startsWith("final ") ? "" : "final ");
        } else {
          before.append("final var " + name + " = ");
        }
        behind = "; io.fermata.Async.await(" + name + ".enter()); Throwable t$" + n;
        behind += " = null; try { ";
        String leave = "io.fermata.ThrowingScope.leave(" + name + ", t$" + n + ")";
        boolean swallows = declaration.contains("SWALLOWS");
        after.insert(
            0,
            (" } catch (Throwable e$" + n + ") { t$" + n + " = e$" + n + "; throw e$" + n)
                + ("; } finally { " + (swallows ? "if (" + leave + ") break scope$" + n : leave))
                + "; } }");
      } else {
        before.append("try (");
        behind = ") { ";
        after.insert(0, " }");
      }
      edits.add(new Edit(from, declared, n, before.toString()));
      from = end(resource);
      before = new StringBuilder(behind);
    }
    edits.add(new Edit(from, start(body), names, before.toString()));
    edits.add(new Edit(end(body), end(body), -names, after.toString()));
  }

  /** Whether it is {@code _}. */
  private static boolean isUnnamed(VariableTree variable) {
    return variable.getName().isEmpty() || variable.getName().contentEquals("_");
  }

  private boolean isScope(Tree resource) {
    String made = textOf(resource);
    return made.contains("env.scope(")
        || made.contains("env.fileScope(")
        || made.contains("TaskGroup.open(")
        || made.startsWith("AsyncGenerator<")
        || made.matches("(?s)\\w*Scope|.*new \\w*Scope\\(.*");
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    ExpressionTree subject = tree.getExpression();
    if (isGeneratorCall(subject)) {
      int n = ++names;
      Tree statement = tree;
      var path = getCurrentPath();
      while (path.getParentPath().getLeaf() instanceof LabeledStatementTree label) {
        statement = label;
        path = path.getParentPath();
      }
      String closing = "new io.fermata.Closing()";
      String head = "{ var g$" + n + " = " + closing + "; Throwable t$" + n + " = null; try { ";
      String tail = " } catch (Throwable e$" + n + ") { t$" + n + " = e$" + n + "; throw e$" + n;
      tail += "; } finally { g$" + n + ".leave(t$" + n + "); } }";
      edits.add(new Edit(start(statement), start(statement), n, head));
      edits.add(new Edit(start(subject), start(subject), n, "g$" + n + ".of("));
      edits.add(new Edit(end(subject), end(subject), -n, ")"));
      edits.add(new Edit(end(statement), end(statement), -n, tail));
    }
    return super.visitEnhancedForLoop(tree, null);
  }

  private static boolean isGeneratorCall(ExpressionTree subject) {
    return subject instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree select
        && select.getExpression().toString().matches("\\w+Async");
  }

  private String edited() {
    edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::order));
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (Edit edit : edits) {
      result.append(text, at, edit.start()).append(edit.text());
      at = edit.end();
    }
    return result.append(text.substring(at)).toString();
  }

  private String textOf(Tree tree) {
    return text.substring(start(tree), end(tree));
  }

  private int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  private int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree);
  }
}
