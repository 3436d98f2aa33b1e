// MENDS wrong-argument
// PRINTS Hello, Ada, Hello
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;

class WrongArgument {
  @Coroutine
  String greet() {
    return "Hello";
  }

  @Coroutine
  String greet(String name) {
    return "Hello, " + name;
  }

  @Coroutine
  String all() {
    String s = await(WrongArgumentAsync.greet("Ada"));
    return s + ", " + await(WrongArgumentAsync.greet());
  }

  static String result() {
    return run(WrongArgumentAsync.all(new WrongArgument()));
  }
}
