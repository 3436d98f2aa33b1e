package negative;

import io.fermata.Coroutine;

class PrivateAccess {
  // ERROR fermata:private-access
  private static class Hidden {
    @Coroutine
    // USES PrivateAccess.Hidden by PrivateAccess.Hidden.count
    int count() {
      return 1;
    }
  }

  // ERROR fermata:private-access
  private record Secret(int value) {}

  @Coroutine
  // USES PrivateAccess.Secret by PrivateAccess.reveal
  static int reveal(Secret secret) {
    return secret.value();
  }
}
