package negative;

import io.fermata.Coroutine;

class PrivateAccess {
  // ERROR fermata:private-access
  private static class Hidden {
    @Coroutine
    int count() {
      return 1;
    }
  }

  private record Secret(int value) {}

  // ERROR fermata:private-access
  @Coroutine
  static int reveal(Secret secret) {
    return secret.value();
  }
}
