package io.fermata;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the code of a user does in place of what it should, and where in the runtime that was. */
final class Trouble {
  enum Kind {
    EXCEPTION,
    ERROR,
    OVERFLOW,
    NULL
  }

  /** The places where users' code has run, as {@link UserCodeSites} names them. */
  static final Set<String> MET = ConcurrentHashMap.newKeySet();

  /** The classes of these tests. */
  private static final Set<String> OURS =
      Set.of(
          "Co",
          "Hostile",
          "Trouble",
          "UserCodeTest",
          "UserCodeUses",
          "UsersLoop",
          "UsesOfTexts",
          "UsesOfThreadLocals");

  private static final StackWalker STACK = StackWalker.getInstance();

  final Kind kind;

  /** What was thrown, in order. */
  final List<Throwable> thrown = new CopyOnWriteArrayList<>();

  private volatile boolean makes = true;
  private volatile boolean once;

  Trouble(Kind kind) {
    this.kind = kind;
  }

  /** From now on there is trouble, or none. */
  Trouble make(boolean trouble) {
    makes = trouble;
    return this;
  }

  /** From now on there is trouble, once. */
  void makeOnce() {
    makes = true;
    once = true;
  }

  /** What a user's method does that gives something else as long as there is no trouble. */
  <T> T in(String method, T ordinarily) {
    STACK.walk(
        frames -> {
          meet(method, frames.filter(Trouble::isRuntime).findFirst().orElse(null));
          return null;
        });
    if (!makes) {
      return ordinarily;
    }
    makes = !once;
    switch (kind) {
      case EXCEPTION -> throw note(new IllegalStateException("trouble in " + method));
      case ERROR -> throw note(new AssertionError("trouble in " + method));
      case OVERFLOW -> {
        try {
          overflow(0);
        } catch (StackOverflowError e) {
          throw note(e);
        }
      }
      case NULL -> {}
    }
    return null;
  }

  private <X extends Throwable> X note(X failure) {
    thrown.add(failure);
    return failure;
  }

  /** As {@link #in(String, Object)}. */
  void in(String method) {
    in(method, null);
  }

  private static int overflow(int depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1;
  }

  private static void meet(String method, StackFrame caller) {
    if (caller != null) {
      String name = caller.getMethodName();
      if (name.startsWith("lambda$")) {
        name = name.substring("lambda$".length(), name.lastIndexOf('$'));
      }
      String from =
          caller.getClassName().replace("io.fermata.", "")
              + "."
              + (name.equals("new") ? "<init>" : name);
      MET.add(from + " -> " + method);
      MET.add(from + " -> *");
    }
  }

  private static boolean isRuntime(StackFrame frame) {
    String topLevel = frame.getClassName().replaceFirst("\\$.*", "");
    return topLevel.startsWith("io.fermata.") && !OURS.contains(topLevel.substring(11));
  }
}
