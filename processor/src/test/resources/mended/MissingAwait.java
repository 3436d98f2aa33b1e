// MENDS missing-await
// PRINTS a 1
package mended;

import io.fermata.Coroutine;

class MissingAwait {
  @Coroutine
  static String name() {
    return "a";
  }

  @Coroutine
  static String all() {
    String name = MissingAwaitAsync.name();
    int length = MissingAwaitAsync.name().length();
    return name + " " + length;
  }

  static String result() {
    return io.fermata.Async.run(MissingAwaitAsync.all());
  }

  public static void main(String[] args) {
    String name = MissingAwaitAsync.name();
    System.out.println(name);
  }
}
