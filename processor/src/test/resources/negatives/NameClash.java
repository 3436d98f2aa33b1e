package negative;

import io.fermata.Coroutine;
import io.fermata.Emitter;
import java.util.List;

class NameClash {
  @Coroutine
  void same() {}

  // ERROR fermata:name-clash
  @Coroutine
  static void same(NameClash other) {}

  @Coroutine
  static void generated(List<String> names) {}

  // ERROR fermata:name-clash
  @Coroutine
  static void generated(Emitter<String> out, List<String> names) {}

  @Coroutine
  // ERROR fermata:name-clash at String self
  void parameter(String self) {}

  @Coroutine
  static void harmless(String self) {}

  // ERROR fermata:name-clash
  static class Taken {
    @Coroutine
    static void method() {}
  }

  static class Twice_Nested {
    @Coroutine
    static void method() {}
  }

  static class Twice {
    // ERROR fermata:name-clash
    static class Nested {
      @Coroutine
      static void method() {}
    }
  }
}

class NameClash_TakenAsync {}
