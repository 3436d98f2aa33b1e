#!/usr/bin/env bash
# Eclipse's compiler runs no annotation processor, and says nothing, if --module-path stands behind -processorpath; the other
# way round it runs it.
#
# Tool: org.eclipse.jdt:ecj 3.45.0 (seen on JDK 17.0.15).
# Input: a module with one class, an empty folder as the module path, and a folder with a processor that prints a line when
# it has run.
# Expected: the order of the two options means nothing, as to javac, which runs the processor both times.
# Seen: with `--module-path … -processorpath …` the line is printed; with `-processorpath … --module-path …` it is not. The
# exit code is 0 both times.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=org.eclipse.jdt:ecj:3.45.0 \
  -DoutputDirectory=. -Dmdep.useBaseVersion=true > /dev/null

mkdir -p processor/META-INF/services modules m/a
cat > Told.java <<'JAVA'
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Told extends AbstractProcessor {
  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      System.out.println("the processor has run");
    }
    return false;
  }
}
JAVA
"${java}c" -proc:none -d processor Told.java
echo Told > processor/META-INF/services/javax.annotation.processing.Processor
echo 'module m {}' > m/module-info.java
echo 'package a; class A {}' > m/a/A.java

first=(--module-path modules -processorpath processor)
last=(-processorpath processor --module-path modules)
for compiler in "${java}c" "$java -jar ecj-3.45.0.jar"; do
  for order in first last; do
    declare -n options="$order"
    echo "${compiler##* } with the module path $order: $($compiler --release 17 "${options[@]}" -d "out-$order" m/module-info.java m/a/A.java)"
  done
done | tee seen

cmp <(sed 's/.*javac/javac/' seen) - <<'SEEN'
javac with the module path first: the processor has run
javac with the module path last: the processor has run
ecj-3.45.0.jar with the module path first: the processor has run
ecj-3.45.0.jar with the module path last: 
SEEN
