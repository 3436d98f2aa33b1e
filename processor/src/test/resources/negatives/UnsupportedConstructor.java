package negative;

import io.fermata.Coroutine;

class UnsupportedConstructor {
  // ERROR fermata:unsupported-method
  @Coroutine
  UnsupportedConstructor() {}
}
