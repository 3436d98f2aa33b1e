package io.fermata;

import io.fermata.codegen.Thrown;
import org.jspecify.annotations.Nullable;

/** Stands in for what a task waited for, and has the resume point throw what a test injects. */
record Fault(Throwable throwable) implements Waitable {
  @Override
  public boolean cancelWait(@Nullable Object message) {
    return false;
  }

  @Override
  public Object outcomeToSend() {
    return new Thrown(throwable);
  }
}
