#!/usr/bin/env bash
# javac gives one `missing-explicit-ctor` warning several times when any annotation processor is on the path.
#
# Tool: javac of the JDK in JAVA_HOME (seen with 17.0.15 and 25.0.3).
# Input: a module that exports a package with one public class without a constructor; -Xlint:all.
# Expected: one warning, for the one class, whether processors run or not.
# Seen: 1 warning without a processor, 3 with a processor that does nothing at all, 4 with one that writes one class
# in the first round. The lint belongs to entering a class, and the classes are entered anew for each round.
# Other lints (rawtypes, unchecked, serial, ...) come once, since they belong to the analysis behind the rounds.
set -euo pipefail

javac="${JAVA_HOME:+$JAVA_HOME/bin/}javac"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p module/shown processor out

cat > module/module-info.java <<'JAVA'
module shown {
  exports shown;
}
JAVA
cat > module/shown/Shown.java <<'JAVA'
package shown;

public class Shown {}
JAVA
cat > Onlooker.java <<'JAVA'
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Onlooker extends AbstractProcessor {
  private boolean mayWrite = Boolean.getBoolean("writes");

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (mayWrite) {
      mayWrite = false;
      try (Writer writer = processingEnv.getFiler().createSourceFile("shown.Written").openWriter()) {
        writer.write("package shown; class Written {}");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return false;
  }
}
JAVA
"$javac" -proc:none -d processor Onlooker.java

warnings() {
  "$javac" -Xlint:all,-processing -d out "$@" module/module-info.java module/shown/Shown.java 2>&1 \
    | grep -c 'missing-explicit-ctor' || true
}

without="$(warnings -proc:none)"
onlooker="$(warnings -processorpath processor -processor Onlooker)"
writer="$(warnings -J-Dwrites=true -processorpath processor -processor Onlooker)"
"$javac" -version
echo "warnings without a processor: $without; with an idle one: $onlooker; with one that writes a class: $writer"
[[ "$without $onlooker $writer" == "1 3 4" ]]
