package io.fermata.conformance.world;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * A source with cases: the static {@code @Coroutine} methods of its class that take an {@code Env}
 * and nothing else.
 *
 * @param cases their names
 */
public record CaseFile(SourceText source, List<String> cases) {

  /** A case and where it stands in the text. */
  private record Found(String name, int start, int end) {}

  /** Finds the cases. */
  public static CaseFile of(SourceText source) {
    return new CaseFile(source, find(source).stream().map(Found::name).toList());
  }

  /** The same source with one case only. */
  public SourceText only(String name) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Found found : find(source)) {
      if (!found.name().equals(name)) {
        text.append(source.text(), at, found.start());
        at = found.end();
      }
    }
    text.append(source.text().substring(at));
    return new SourceText(source.className(), text.toString());
  }

  /** The text of one case. */
  public String textOf(String name) {
    return find(source).stream()
        .filter(found -> found.name().equals(name))
        .map(found -> source.text().substring(found.start(), found.end()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Found> find(SourceText source) {
    try {
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, d -> {}, null, null, List.of(source.asFile()));
      CompilationUnitTree unit = task.parse().iterator().next();
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<Found> all = new ArrayList<>();
      for (Tree type : unit.getTypeDecls()) {
        if (type instanceof ClassTree top
            && top.getSimpleName().contentEquals(source.simpleName())) {
          for (Tree member : top.getMembers()) {
            if (member instanceof MethodTree method && isCase(method)) {
              all.add(
                  new Found(
                      method.getName().toString(),
                      (int) positions.getStartPosition(unit, method),
                      (int) positions.getEndPosition(unit, method)));
            }
          }
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isCase(MethodTree method) {
    return method.getModifiers().getFlags().contains(Modifier.STATIC)
        && method.getModifiers().getAnnotations().stream()
            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Coroutine"))
        && method.getParameters().size() == 1
        && method.getParameters().get(0).getType().toString().equals("Env");
  }
}
