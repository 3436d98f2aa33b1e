#!/usr/bin/env bash
# Lombok takes a class whose methods have @Locked and @Synchronized if @Locked comes first, and they do not exclude each
# other; if @Synchronized comes first it is an error.
#
# Package: org.projectlombok:lombok 1.18.48, with javac of the JDK in JAVA_HOME (seen with 17.0.15).
# Input: a class with one method of each kind, which runs what it is given; and the same with the methods in the other
# order. A thread is in the one method and another calls the other one.
# Expected: the same for both orders: a field for each annotation, or an error, as both would have the name $lock.
# Seen: @Synchronized first: "Expected field $lock to be of type java.util.concurrent.locks.Lock but got type
# java.lang.Object". @Locked first: no error and no warning; there is one field $lock, a Lock, which the one method locks
# and the other has in `synchronized ($lock)`: its monitor and not the lock it is, so that both run at the same time.
set -euo pipefail

bin="${JAVA_HOME:+$JAVA_HOME/bin/}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -q -B dependency:copy -Dartifact=org.projectlombok:lombok:1.18.48 -DoutputDirectory="$folder"
lombok="$folder/lombok-1.18.48.jar"

# The class with these annotations, first and second.
write() {
  mkdir -p "$1"
  cat > "$1/Account.java" <<JAVA
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

public class Account {
  @lombok.$2
  void first(Runnable action) {
    action.run();
  }

  @lombok.$3
  void second(Runnable action) {
    action.run();
  }

  public static void main(String[] args) throws Exception {
    Account account = new Account();
    CyclicBarrier both = new CyclicBarrier(2);
    boolean[] met = {true};
    Runnable meet =
        () -> {
          try {
            both.await(2, TimeUnit.SECONDS);
          } catch (TimeoutException | BrokenBarrierException e) {
            met[0] = false;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Thread other = new Thread(() -> account.second(meet));
    other.start();
    account.first(meet);
    other.join();
    System.out.println(met[0] ? "both at once" : "one behind the other");
  }
}
JAVA
}
compile() {
  "${bin}javac" -cp "$lombok" -processorpath "$lombok" -d "$1" "$1/Account.java" 2>&1
}

write locked-first Locked Synchronized
write synchronized-first Synchronized Locked
write locked-twice Locked Locked

"${bin}javac" -version 2>&1
compile locked-first
seen="$("${bin}java" -cp "locked-first:$lombok" Account)"
compile locked-twice
twice="$("${bin}java" -cp "locked-twice:$lombok" Account)"
error="$(compile synchronized-first || true)"
echo "@Locked first: $seen; @Locked twice: $twice; @Synchronized first: $(grep -c 'Expected field' <<< "$error") error"
[ "$seen" = "both at once" ] && [ "$twice" = "one behind the other" ] && grep -q 'Expected field $lock' <<< "$error"
