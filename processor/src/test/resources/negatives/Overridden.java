package negative;

import io.fermata.Coroutine;

class Overridden {
  static class Base {
    @Coroutine
    int load() {
      return 1;
    }

    @Coroutine
    private int own() {
      return 1;
    }
  }

  static class Plain extends Base {
    // WARNING fermata:overridden
    @Override
    int load() {
      return 2;
    }

    int own() {
      return 2;
    }
  }

  static class Other extends Base {
    // WARNING fermata:overridden
    @Coroutine
    @Override
    int load() {
      return 3;
    }
  }
}
