#!/usr/bin/env bash
# Eclipse's compiler refuses correct Java: a lambda that a switch expression yields as the argument of a generic method can't
# name a local variable that is declared in its case.
#
# Tool: org.eclipse.jdt:ecj 3.45.0 (seen on JDK 17.0.15).
# Input: `of(switch (n) { case 2: int k = n + 3; yield () -> "k" + k; default: yield () -> "default"; })`, where `of` is
# `<T> T of(Supplier<T> supplier)`; and the same switch, assigned to a variable first.
# Expected: both compile, as with javac: k is in scope in the rest of the switch block (JLS 6.3), and effectively final.
# Seen: the first is an error, "k cannot be resolved to a variable"; the second compiles.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=org.eclipse.jdt:ecj:3.45.0 \
  -DoutputDirectory=. -Dmdep.useBaseVersion=true > /dev/null

write() {
  mkdir -p "$1"
  cat > "$1/Pick.java" <<JAVA
import java.util.function.Supplier;

class Pick {
  static <T> T of(Supplier<T> supplier) {
    return supplier.get();
  }

  static String pick(int n) {
    $2
        switch (n) {
          case 2:
            int k = n + 3;
            yield () -> "k" + k;
          default:
            yield () -> "default";
        }$3;
  }

  public static void main(String[] arguments) {
    System.out.println(pick(2));
  }
}
JAVA
}
write passed 'return of(' ')'
write assigned 'Supplier<String> picked =' '; return of(picked)'

for each in passed assigned; do
  "${java}c" --release 17 -d "$each/javac" "$each/Pick.java"
  "$java" -cp "$each/javac" Pick
done
"$java" -jar ecj-3.45.0.jar --release 17 -d assigned/ecj assigned/Pick.java
"$java" -cp assigned/ecj Pick
if "$java" -jar ecj-3.45.0.jar --release 17 -d passed/ecj passed/Pick.java 2> seen; then
  exit 1
fi
cat seen
grep -q "k cannot be resolved to a variable" seen
