package negative;

import io.fermata.Coroutine;
import java.util.function.Function;

class DirectCall {
  static class Greeter {
    @Coroutine
    String greet(String name) {
      return "Hello, " + name;
    }

    @Coroutine
    String again(String name) {
      // ERROR fermata:direct-call at greet
      return greet(name);
    }
  }

  static class Loud extends Greeter {
    @Coroutine
    String loud(String name) {
      // ERROR fermata:direct-call at super.greet
      return super.greet(name);
    }
  }

  @Coroutine
  static int count() {
    return 1;
  }

  static void plain(Greeter greeter) {
    // ERROR fermata:direct-call at count
    int n = count();
    // ERROR fermata:direct-call at greeter.greet
    String s = greeter.greet("you");
    // ERROR fermata:direct-call at greeter::greet
    Function<String, String> f = greeter::greet;
    // ERROR fermata:direct-call at DirectCall.count
    Runnable lambda = () -> DirectCall.count();
  }
}
