package negative;

import io.fermata.Coroutine;
import java.util.concurrent.Callable;

class TemplateOverride implements Callable<String> {
  // ERROR fermata:template-override
  @Coroutine
  @Override
  public String call() {
    return "";
  }

  static class Base {
    @Coroutine
    public void run() {}
  }

  // ERROR fermata:template-override
  static class Derived extends Base implements Runnable {}

  // ERROR fermata:template-override
  @Coroutine
  public String toString() {
    return "";
  }
}
