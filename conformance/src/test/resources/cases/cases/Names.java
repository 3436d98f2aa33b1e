package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Shadowing, hiding, and names that generated code has too.
 *
 * <p>JLS 6.4.
 */
final class Names {
  static int state = 1;
  static int depth = 2;
  static String sent = "field";
  int task = 3;

  @Coroutine
  static String namesOfTheContinuation(Env env) {
    int state = await(env.value("state", 1));
    Object sent = await(env.value("sent", "s"));
    int depth = 5;
    String task = "t";
    int resume = await(env.value("resume", 2));
    int lines = 3, LINES = 4, START = 5, SUSPENDED = 6, EMITTED = 7;
    int received = await(env.value("received", 8));
    String result = "r", value = "v", awaited = "a", link = "l", self0 = "s";
    await(env.value("x", 0));
    return state + "" + sent + depth + task + resume + lines + LINES + START + SUSPENDED + EMITTED + received + result + value + awaited + link + self0;
  }

  @Coroutine
  static String namesOfTemporaries(Env env) {
    int t = 1, t1 = 2, t$1 = 3, tmp = 4, $ = 5, $1 = 6, t$2 = 7;
    int sum = t + await(env.value("a", 10)) + t$1 * await(env.value("b", 100)) + f(t$2, await(env.value("c", 1)));
    return sum + "" + t1 + tmp + $ + $1;
  }

  static int f(int a, int b) {
    return a - b;
  }

  @Coroutine
  static String staticFieldsHiddenByTheContinuation(Env env) {
    state = 1;
    depth = 2;
    sent = "field";
    state += await(env.value("a", 1));
    depth = state + await(env.value("b", 1));
    sent = sent + await(env.value("c", "!"));
    String out = state + " " + depth + " " + sent + " " + Names.state;
    state = 1;
    depth = 2;
    sent = "field";
    return out;
  }

  @Coroutine
  String instanceFields(Env env, int resume) {
    task += await(env.value("t", resume));
    int lines = lines();
    return task + "" + lines + this.task + toString().length() + close(await(env.value("c", 1)));
  }

  int lines() {
    return 7;
  }

  int close(int n) {
    return n;
  }

  int resume(int n) {
    return n;
  }

  static int received(int n) {
    return n + 1;
  }

  @Override
  public String toString() {
    return "names";
  }

  @Coroutine
  static String instanceMembersHiddenByTheContinuation(Env env) {
    return await(NamesAsync.instanceFields(new Names(), env, 4));
  }

  @Coroutine
  String methodsNamedAsTheContinuations(Env env) {
    int a = resume(await(env.value("a", 1)));
    int b = received(a);
    int c = this.close(b) + lines();
    IntUnaryOperator f = n -> resume(n) + received(n);
    await(env.value("b", 0));
    return a + "" + b + c + f.applyAsInt(5) + this;
  }

  @Coroutine
  static String methodsHiddenByTheContinuation(Env env) {
    return await(NamesAsync.methodsNamedAsTheContinuations(new Names(), env));
  }

  static class Task {
    final int n = 42;
  }

  static class Continuation {
    static int count = 1;
  }

  static class Object0 {}

  @Coroutine
  static int typesNamedAsTheRuntimes(Env env) {
    Task t = new Task();
    Continuation.count = 1;
    Continuation.count += await(env.value("c", 1));
    int n = t.n + Continuation.count;
    Continuation.count = 1;
    return n;
  }

  static class String0 {}

  static class Throwable {
    final int x = 9;
  }

  static class Override0 {}

  @Coroutine
  static int typesNamedAsJavaLangs(Env env) {
    Throwable t = new Throwable();
    try {
      await(env.value("a", 1));
      return t.x;
    } catch (Boom e) {
      return t.x + await(env.value("b", 1));
    } finally {
      await(env.value("c", 1));
    }
  }

  static class Integer {
    static int parseInt(String s) {
      return 77;
    }
  }

  @Coroutine
  static int integerIsAnotherClass(Env env) {
    int x = Integer.parseInt("1") + await(env.value("i", 1));
    return x;
  }

  static class env {
    static int trace = 1;
  }

  @Coroutine
  static int variableObscuresType(Env env) {
    env.trace("variable wins");
    int n = await(env.value("x", 1));
    env.trace("still");
    return n;
  }

  @Coroutine
  static String overloaded(Env env, int n) {
    return "int" + await(env.value("i", n));
  }

  @Coroutine
  static String overloaded(Env env, long n) {
    return "long" + await(env.value("l", n));
  }

  @Coroutine
  static String overloaded(Env env, Object n) {
    return "Object" + await(env.value("o", n));
  }

  @Coroutine
  static String overloaded(Env env, int... n) {
    return "varargs" + await(env.value("v", n.length));
  }

  @Coroutine
  static String overloads(Env env) {
    return await(NamesAsync.overloaded(env, 1)) + await(NamesAsync.overloaded(env, 1L)) + await(NamesAsync.overloaded(env, "s")) + await(NamesAsync.overloaded(env, 1, 2)) + await(NamesAsync.overloaded(env, 'c'));
  }

  @Coroutine
  static int await$(Env env) {
    return await(env.value("x", 1));
  }

  @Coroutine
  static int methodNamesWithDollar(Env env) {
    return await(NamesAsync.await$(env)) + await(NamesAsync.class0(env));
  }

  @Coroutine
  static int class0(Env env) {
    return 5;
  }

  @Coroutine
  static int longVariableNamesAndUnicode(Env env) {
    int größe = await(env.value("g", 3));
    int aVeryLongNameThatNobodyWouldWriteButThatIsLegalAnyway = größe + await(env.value("h", 4));
    int \u0061bc = 5;
    await(env.value("i", 0));
    return größe + aVeryLongNameThatNobodyWouldWriteButThatIsLegalAnyway + abc;
  }

  @Coroutine
  static int fullyQualified(Env env) {
    java.util.List<java.lang.Long> list = new java.util.ArrayList<>();
    list.add(io.fermata.Async.await(env.value("a", 1L)));
    list.add(Async.<Long>await(env.value("b", 2L)));
    return list.get(0).intValue() + list.get(1).intValue();
  }

  @Coroutine
  static int parenthesesAndComments(Env env) {
    int x = (((await((env.value("a", /* one */ 1))))) /* plus */ + // two
        (await(env.value("b", 2))));
    ((Runnable) () -> env.trace("run; // not a comment")).run();
    (x)++;
    int[] a = {1};
    (a)[(0)] += (await(env.value("c", 3)));
    return (x) + (a[0]);
  }

  @Coroutine
  static String unusedNamesOfTheContinuation(Env env) {
    try {
      await(env.value("a", 1));
    } catch (IllegalStateException caught) {
      return "caught";
    }
    Object o = await(env.value("b", "b"));
    if (o instanceof String sent) {
      await(env.value("c", 1));
    }
    switch (await(env.value("d", 1))) {
      case 1 -> {
        int depth = await(env.value("e", 1));
      }
      default -> {}
    }
    for (int state : new int[] {1, await(env.value("f", 2))}) {
      await(env.value("g", 1));
    }
    try {
      await(env.value("h", 1));
    } catch (RuntimeException region) {
      await(env.value("i", 1));
    }
    return "end";
  }

  @Coroutine
  static String localClassesNamedLikeOthers(Env env) {
    record Task(int n) {}
    record LineTable(int n) {}
    record Objects(int n) {}
    record Duration(int n) {}
    enum Throwable {
      ONE
    }
    class AssertionError {
      int n = 1;
    }
    class Continuation {
      int n = await0();

      int await0() {
        return 2;
      }
    }
    String all = "";
    try {
      all += new Task(await(env.value("t", 1))).n() + new LineTable(2).n() + new Objects(3).n();
      all += new AssertionError().n + new Continuation().n + "" + Throwable.ONE;
    } finally {
      all += await(env.value("d", new Duration(4)));
    }
    return all + java.time.Duration.ofMillis(await(env.value("ms", 5)));
  }

  @Coroutine
  static String localClassesNamedLikeOnesOfThePackage(Env env) {
    String all = OfThePackage.first() + await(env.value("a", 1));
    {
      record OfThePackage(int n) {}
      all += new OfThePackage(await(env.value("b", 2)));
    }
    {
      class List {
        final java.util.List<String> n = new java.util.ArrayList<>(java.util.List.of("3"));
      }
      all += new List().n;
    }
    return all + OfThePackage.first() + List.of(await(env.value("c", 4)));
  }

  static class OddlyNamed<Object, Throwable extends Exception> {
    Object held;

    OddlyNamed(Object held) {
      this.held = held;
    }

    @Coroutine
    <Task, AssertionError> Object odd(Env env, Task task, AssertionError error) throws Throwable {
      java.lang.Object any = task;
      for (int i = 0; i < 2; i++) {
        try {
          any = await(env.value("any" + i, error));
        } finally {
          await(env.value("finally", any));
        }
      }
      return any == error ? held : null;
    }
  }

  @Coroutine
  static <String, Coro, LineTable> java.lang.String asClasses(
      Env env, String string, Coro coro, List<? extends java.lang.String> list) {
    java.lang.String first = list.get(0);
    String kept = await(env.value("kept", string));
    var joined = first + kept + await(async(() -> await(env.value("coro", coro))));
    await(env.value("n", 1));
    return joined.length() + joined;
  }

  @Coroutine
  static <NamesAsync> NamesAsync asTheTwin(Env env, NamesAsync twin) {
    return await(env.value("twin", twin));
  }

  @Coroutine
  static String typeParametersNamedAsClasses(Env env) {
    OddlyNamed<java.lang.Integer, RuntimeException> odd = new OddlyNamed<>(4);
    int held = await(Names_OddlyNamedAsync.odd(odd, env, 'a', "b"));
    return held + await(NamesAsync.asClasses(env, 1, 2, List.of("first"))) + await(NamesAsync.asTheTwin(env, 3));
  }
}

class OfThePackage {
  static String first() {
    return "first";
  }
}
