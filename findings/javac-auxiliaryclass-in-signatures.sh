#!/usr/bin/env bash
# javac heeds @SuppressWarnings("auxiliaryclass") in the body of a method, and ignores it where the class is named by a
# field, a parameter or a return type.
#
# Tool: javac of the JDK in JAVA_HOME (seen with 17.0.15 and 25.0.3).
# Input: a class Second in First.java; a class that uses it in a body, and one that uses it in signatures. Both have the
# annotation at the class and at the member. -Xlint:all.
# Expected: no warning. `auxiliaryclass` is in javac's own list of lints that the annotation takes, as `rawtypes` is,
# which it heeds in the very same places.
# Seen: none for the body; one for each of the three in signatures, and with -Werror the compile fails. Only the option
# -Xlint:-auxiliaryclass, for the whole compile, is of use.
set -euo pipefail

javac="${JAVA_HOME:+$JAVA_HOME/bin/}javac"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > First.java <<'JAVA'
class First {}

class Second {
  static int number() {
    return 1;
  }
}
JAVA
cat > InBody.java <<'JAVA'
@SuppressWarnings("auxiliaryclass")
class InBody {
  @SuppressWarnings("auxiliaryclass")
  int number() {
    return Second.number();
  }
}
JAVA
cat > InSignatures.java <<'JAVA'
import java.util.List;

@SuppressWarnings({"auxiliaryclass", "rawtypes"})
abstract class InSignatures {
  @SuppressWarnings({"auxiliaryclass", "rawtypes"})
  Second field;

  @SuppressWarnings({"auxiliaryclass", "rawtypes"})
  abstract Second returned(Second parameter, List raw);
}
JAVA

lints=-Xlint:all
"$javac" -version 2>&1
count() {
  { "$javac" "$@" 2>&1 || true; } | grep -c "warning:" || true
}
in_body="$(count "$lints" -d body First.java InBody.java)"
in_signatures="$(count "$lints" -d signatures First.java InSignatures.java)"
without="$(count "$lints,-auxiliaryclass" -d without First.java InSignatures.java)"
echo "suppressed in a body: $in_body warnings; in signatures: $in_signatures; by the option: $without"
[ "$in_body $in_signatures $without" = "0 3 0" ]
