#!/usr/bin/env bash
# maven-compiler-plugin stops at correct Java: a type annotation in the bound of a method's type parameter is a "syntax
# error" to it, if module-info.java names the class in `provides … with`. javac takes the same sources.
#
# Tool: maven-compiler-plugin 3.14.0, which reads the sources of such classes with a parser of its own before it calls
# javac (seen with Maven 3.8.7 and JDK 17.0.15).
# Input: a module with a service, and a class of it with `<T extends @Mark Object> T same(T value)`; the module provides
# the class, or does not.
# Expected: both compile, as they do with javac.
# Seen: with `provides`, "syntax error @[3,21] in …/Provider.java"; without, it compiles.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p src/main/java/p

cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>provider</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.14.0</version>
      </plugin>
    </plugins>
  </build>
</project>
XML
cat > src/main/java/p/Service.java <<'JAVA'
package p;
public interface Service {}
JAVA
cat > src/main/java/p/Mark.java <<'JAVA'
package p;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
@Target(ElementType.TYPE_USE)
public @interface Mark {}
JAVA
cat > src/main/java/p/Provider.java <<'JAVA'
package p;
public final class Provider implements Service {
  public <T extends @Mark Object> T same(T value) {
    return value;
  }
}
JAVA

echo 'module p { uses p.Service; provides p.Service with p.Provider; }' > src/main/java/module-info.java
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -d by-javac $(find src -name '*.java')
by_javac=$?
by_maven="$(mvn -B -q -Dmaven.repo.local="$folder/repository" compile 2>&1 | grep -o 'syntax error @\[[0-9,]*\]' | head -n 1 || true)"
echo 'module p { uses p.Service; }' > src/main/java/module-info.java
without=0
mvn -B -q -Dmaven.repo.local="$folder/repository" clean compile || without=$?
mvn -version | head -n 1
echo "javac: $by_javac; Maven: $by_maven; Maven, without 'provides': $without"
[ "$by_javac, $by_maven, $without" = "0, syntax error @[3,21], 0" ]
