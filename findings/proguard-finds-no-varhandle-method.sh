#!/usr/bin/env bash
# ProGuard refuses a correct program that calls VarHandle.getAndSet: it looks for a method of the call's own types, where
# the JVM takes the one method that is declared for all types (signature polymorphism, JVMS 2.9.3).
#
# Tool: com.guardsquare:proguard-base 7.10.0 (seen on JDK 17.0.15), with that JDK's java.base as the library.
# Input: a class with a VarHandle of one of its fields, which it calls as its Javadoc shows; everything is kept.
# Expected: the program comes out whole, as it does where java.util.concurrent.atomic.AtomicReference stands for the handle.
# Seen: "can't find referenced method 'java.lang.String getAndSet(Cell,java.lang.String)' in library class
# java.lang.invoke.VarHandle", "Please correct the above warnings first", and no output, though the library is the JDK in
# use, and has that method. `-dontwarn java.lang.invoke.VarHandle` lets it pass.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>shrunk</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>com.guardsquare</groupId>
      <artifactId>proguard-base</artifactId>
      <version>7.10.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath > /dev/null

cat > Cell.java <<'JAVA'
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

class Cell {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Cell.class, "value", String.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  String value = "old";

  public static void main(String[] arguments) {
    System.out.println((String) VALUE.getAndSet(new Cell(), "new"));
  }
}
JAVA
"${java}c" --release 17 -d classes Cell.java
"$java" -cp classes Cell

# The JDK's java.base as a folder, since not every JDK has it as a file.
"${java%java}jimage" extract --dir library --include 'regex:/java.base/java/.*' \
  "$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')/lib/modules"

shrink() {
  "$java" -cp "$(cat classpath)" proguard.ProGuard -injars classes -outjars "$1.jar" \
    -libraryjars library/java.base -keep 'class Cell { *; }' "${@:2}" 2>&1 | grep -v '^	at' || true
}
shrink plain | tee seen
shrink told -dontwarn java.lang.invoke.VarHandle > /dev/null
"$java" -cp told.jar Cell

grep -q "can't find referenced method 'java.lang.String getAndSet(Cell,java.lang.String)'" seen
grep -q "Please correct the above warnings first" seen
test ! -e plain.jar
