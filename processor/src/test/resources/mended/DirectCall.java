// MENDS direct-call
// PRINTS Hello, Ada! Hello, Ada! 3 1 [Hello, a]
package mended;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.List;

class DirectCall {
  @Coroutine
  String greet(String name) {
    await(sleep(Duration.ZERO));
    return "Hello, " + name;
  }

  @Coroutine
  static String loud(String text) {
    await(sleep(Duration.ZERO));
    return text + "!";
  }

  @Coroutine
  static int count(List<String> names) {
    return names.size();
  }

  @Coroutine
  String own() {
    return loud(greet("Ada"));
  }

  class Inner {
    final DirectCall outer() {
      return DirectCall.this;
    }

    @Coroutine
    String outerCall() {
      String text = DirectCall.loud(greet("Ada"));
      return text;
    }
  }

  @Coroutine
  static String all(DirectCall it) {
    int n = count(List.of("a", "b")) + 1;
    int one = await(async(() -> count(List.of("a"))));
    Inner inner = it.new Inner();
    List<String> greetings = await(gather(List.of("a").stream().map(each -> DirectCallAsync.greet(it, each)).toList()));
    return it.own() + " " + inner.outerCall() + " " + n + " " + one + " " + greetings;
  }

  static String result() {
    return run(DirectCallAsync.all(new DirectCall()));
  }

  public static void main(String[] args) {
    System.out.println(all(new DirectCall()));
  }
}
