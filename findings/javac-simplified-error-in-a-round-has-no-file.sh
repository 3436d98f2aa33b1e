#!/usr/bin/env bash
# An error that javac simplifies ("incompatible types" at the argument, in place of "method cannot be applied") has no
# file and no line when a processor has had the class attributed in a round, though getPosition() is right.
#
# Tool: javac of the JDK in JAVA_HOME (seen with 25.0.3; 17.0.15 gives the file).
# Input: a class with two errors, an argument of the wrong type and an initializer of the wrong type; a processor that
# asks for an element in the class's body in the last round, by com.sun.source's Trees; -proc:only; a DiagnosticListener.
# Expected: both errors have the file, as they have on 17, and as both have on 25 where no processor runs.
# Seen on 25: the first has none and line 0; the second has it. With -Xdiags:verbose, which simplifies nothing, both have it.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > Wrong.java <<'JAVA'
class Wrong {
  static void take(String text) {}

  static void body() {
    take(1);
    int number = "two";
  }
}
JAVA
cat > Asking.java <<'JAVA'
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

class Asking {
  @SupportedAnnotationTypes("*")
  static final class Processor extends AbstractProcessor {
    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (round.processingOver()) {
        Trees trees = Trees.instance(processingEnv);
        TypeElement type = processingEnv.getElementUtils().getTypeElement("Wrong");
        for (Element each : type.getEnclosedElements()) {
          if (each.getSimpleName().contentEquals("body")) {
            TreePath path = trees.getPath(each);
            trees.getElement(new TreePath(path, ((MethodTree) path.getLeaf()).getBody()));
          }
        }
      }
      return false;
    }
  }

  static String files(boolean asks, String... options) {
    var javac = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
    List<String> found = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of(options));
    all.add(asks ? "-proc:only" : "-proc:none");
    var task =
        javac.getTask(
            null,
            files,
            (Diagnostic<? extends JavaFileObject> each) -> {
              if (each.getKind() == Diagnostic.Kind.ERROR) {
                String file = each.getSource() == null ? "no file" : "a file";
                found.add("line " + each.getLineNumber() + " " + file);
              }
            },
            all,
            null,
            files.getJavaFileObjects("Wrong.java"));
    if (asks) {
      task.setProcessors(List.of(new Processor()));
    }
    task.call();
    return String.join(", ", found);
  }

  public static void main(String[] arguments) {
    System.out.println("without a processor: " + files(false, "-d", "."));
    System.out.println("in a round: " + files(true));
    System.out.println("in a round, verbose: " + files(true, "-Xdiags:verbose"));
  }
}
JAVA

version="$("$java" -version 2>&1 | head -n 1)"
echo "$version"
seen="$("$java" Asking.java 2>/dev/null)"
echo "$seen"
both="line 5 a file, line 6 a file"
case "$version" in
  *'"25'*) round="line 0 no file, line 6 a file" ;;
  *) round="$both" ;;
esac
expected="without a processor: $both
in a round: $round
in a round, verbose: $both"
[ "$seen" = "$expected" ]
