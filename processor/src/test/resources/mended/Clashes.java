// MENDS blocking-call, direct-call, never-awaited, swallowed-cancellation
// PRINTS a failed
package mended;

import io.fermata.Coroutine;

class Clashes {
  static class CancelledError {}

  static void await(Object o) {}

  static <T> T toThread(T t) {
    return t;
  }

  @interface Blocking {}

  @Blocking
  static String ask(String name) throws java.io.IOException {
    throw new java.io.IOException(name);
  }

  @Coroutine
  String name() {
    return "a";
  }

  @Coroutine
  void nothing() {}

  @Coroutine
  String all() throws Exception {
    Thread.sleep(java.time.Duration.ZERO.toMillis());
    ClashesAsync.nothing(this);
    String found = name();
    try {
      found += ask("b");
    } catch (java.io.IOException e) {
      found += " failed";
    }
    nothing();
    try {
      io.fermata.Async.await(ClashesAsync.nothing(this));
    } catch (Throwable t) {
    }
    return found;
  }

  static Object result() throws Exception {
    return io.fermata.Async.run(ClashesAsync.all(new Clashes()));
  }
}
