package negative;

import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.Yielder;
import java.io.IOException;

abstract class UnsupportedMethod {
  // ERROR fermata:unsupported-method
  @Coroutine
  abstract String find(long id);

  // ERROR fermata:unsupported-method
  @Coroutine
  native void fast();

  // ERROR fermata:unsupported-method
  @Coroutine
  synchronized void safe() {}

  interface Repo {
    // ERROR fermata:unsupported-method
    @Coroutine
    String find(long id);
  }

  static void local() {
    class Local {
      // ERROR fermata:unsupported-method
      @Coroutine
      void method() {}
    }
    Object anonymous = new Object() {
      // ERROR fermata:unsupported-method
      @Coroutine
      void method() {}
    };
  }

  enum Kind {
    ONE {
      // ERROR fermata:unsupported-method
      @Coroutine
      void method() {}
    }
  }

  @Coroutine
  // ERROR fermata:unsupported-method at Emitter<String> out
  static void sinkLast(int n, Emitter<String> out) {}

  // ERROR fermata:unsupported-method
  @Coroutine
  static int result(Yielder<String> out) {
    return 1;
  }

  // ERROR fermata:unsupported-method
  @Coroutine
  static void thrower(Yielder<String> out) throws IOException {}
}
