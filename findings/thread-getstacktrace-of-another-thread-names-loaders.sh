#!/usr/bin/env bash
# The text of a stack frame depends on who asks for the stack: in JDK 17, another thread's frames name their class loader
# and the JDK's version, one's own do not.
#
# Tool: Thread.getStackTrace of a JDK 17 in JAVA_HOME (seen with 17.0.15; gone in 25.0.3).
# Input: a class on the class path whose thread parks, and the text of its frames, asked by itself and by another thread.
# Expected: the same text, as in stack traces of exceptions, where StackTraceElement.toString leaves out the names of the
# built-in class loaders and the versions of the JDK's modules (its Javadoc: "the format may vary"; its examples name them).
# Seen: "Frames.stand(Frames.java)" for the own thread, "app//Frames.stand(Frames.java)" for the other, and
# "java.base@17.0.15/java.util…" beside "java.base/java.util…". Lines made of such frames do not compare equal.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > Frames.java <<'JAVA'
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

class Frames {
  static String own;
  static final CountDownLatch told = new CountDownLatch(1);

  public static void main(String[] arguments) throws Exception {
    Thread other = new Thread(Frames::stand);
    other.setDaemon(true);
    other.start();
    told.await();
    System.out.println("asked by itself: " + own);
    System.out.println("asked by another: " + frame(other.getStackTrace()));
  }

  static void stand() {
    own = frame(Thread.currentThread().getStackTrace());
    told.countDown();
    while (true) {
      LockSupport.park();
    }
  }

  static String frame(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(each -> each.getMethodName().equals("stand"))
        .map(each -> each.toString().replaceAll(":[0-9]+", ""))
        .findFirst()
        .orElseThrow();
  }
}
JAVA

"$java" -version 2>&1 | head -1
"${java}c" -d . Frames.java
"$java" -cp . Frames | tee seen
cmp seen - <<'SEEN'
asked by itself: Frames.stand(Frames.java)
asked by another: app//Frames.stand(Frames.java)
SEEN
