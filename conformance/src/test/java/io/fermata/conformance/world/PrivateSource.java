package io.fermata.conformance.world;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A source whose members are private, as far as that may be, and whose class hands out a {@code
 * Lookup}. The lines stay where they are.
 */
public final class PrivateSource {
  private static final Set<Modifier> ACCESS =
      Set.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.PRIVATE, Modifier.ABSTRACT);

  private static final String LOOKUP =
      " static final java.lang.invoke.MethodHandles.Lookup LOOKUP ="
          + " java.lang.invoke.MethodHandles.lookup();";

  /**
   * Of members of private types, of static ones behind an object, and of methods with explicit type
   * arguments a {@code Lookup} does not help.
   */
  private static final Set<String> NEVER = Set.of("hidden", "statics", "id");

  private final String name;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final TreeMap<Integer, String> insertions = new TreeMap<>();
  private final Set<String> extended = new HashSet<>();

  private PrivateSource(String name, CompilationUnitTree unit, SourcePositions positions) {
    this.name = name;
    this.unit = unit;
    this.positions = positions;
  }

  /** The same with private members. */
  public static SourceText of(SourceText source) {
    try {
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, d -> {}, null, null, List.of(source.asFile()));
      CompilationUnitTree unit = task.parse().iterator().next();
      PrivateSource made =
          new PrivateSource(source.simpleName(), unit, Trees.instance(task).getSourcePositions());
      made.findExtended();
      made.findMembers(source.text());
      return new SourceText(source.className(), made.splice(source.text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String splice(String text) {
    StringBuilder spliced = new StringBuilder(text);
    insertions.descendingMap().forEach(spliced::insert);
    return spliced.toString();
  }

  /** Subclasses do not inherit what is private. */
  private void findExtended() {
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        if (tree.getExtendsClause() != null) {
          extended.add(simpleName(tree.getExtendsClause()));
        }
        return super.visitClass(tree, null);
      }

      @Override
      public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
        if (tree.getClassBody() != null) {
          extended.add(simpleName(tree.getIdentifier()));
        }
        return super.visitNewClass(tree, null);
      }
    }.scan(unit, null);
  }

  private static String simpleName(Tree type) {
    return type.toString().replaceAll("<.*", "").replaceAll(".*\\.", "");
  }

  private void findMembers(String text) {
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        if (getCurrentPath().getParentPath().getLeaf() == unit) {
          if (!isClass(tree) || !tree.getSimpleName().contentEquals(name)) {
            return null; // the only one to which its private members are open
          }
          int start = (int) positions.getStartPosition(unit, tree);
          insertions.put(text.indexOf('{', start) + 1, LOOKUP);
        }
        return super.visitClass(tree, null);
      }

      @Override
      public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
        if (mayBePrivate(getCurrentPath(), tree.getModifiers()) && mayBe(tree, tree.getName())) {
          insertions.put((int) positions.getStartPosition(unit, tree), "private ");
        }
        return null; // classes in bodies stay as they are
      }

      @Override
      public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        if (mayBePrivate(getCurrentPath(), tree.getModifiers()) && mayBe(tree, tree.getName())) {
          insertions.putIfAbsent((int) positions.getStartPosition(unit, tree), "private ");
        }
        return null;
      }
    }.scan(unit, null);
  }

  /** What hands out the object around one is not to be private either. */
  private static boolean mayBe(Tree member, Name memberName) {
    return !member.toString().contains(".this") && !NEVER.contains(memberName.toString());
  }

  private boolean mayBePrivate(TreePath member, ModifiersTree modifiers) {
    return member.getParentPath().getLeaf() instanceof ClassTree type
        && isClass(type)
        && type.getTypeParameters().stream().noneMatch(PrivateSource::namesItself)
        && !extended.contains(type.getSimpleName().toString())
        && modifiers.getFlags().stream().noneMatch(ACCESS::contains)
        && modifiers.getAnnotations().stream().noneMatch(PrivateSource::forbids);
  }

  /** A type variable has no private members. */
  private static boolean namesItself(TypeParameterTree parameter) {
    return parameter.getBounds().toString().contains(parameter.getName());
  }

  private static boolean isClass(ClassTree type) {
    return type.getKind() == Tree.Kind.CLASS;
  }

  private static boolean forbids(AnnotationTree annotation) {
    return Set.of("Coroutine", "Override").contains(simpleName(annotation.getAnnotationType()));
  }
}
