package io.fermata.processor.emit;

import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.machine.StateMachine;
import java.util.List;
import java.util.Optional;

/** What is known of a class with coroutines when its twin is printed. */
public record TwinClass(OwnerClass owner, List<Method> methods) {
  public TwinClass {
    methods = List.copyOf(methods);
  }

  /**
   * A coroutine.
   *
   * @param machine empty if its body has errors: the twin then has the signature only
   */
  public record Method(CoroutineMethod signature, Optional<StateMachine> machine) {}
}
