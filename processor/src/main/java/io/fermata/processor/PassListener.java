package io.fermata.processor;

import io.fermata.processor.declaration.CoroutineMethod;

/** Is told what each pass makes of a coroutine. */
interface PassListener {

  /**
   * Called when a pass is through with a coroutine.
   *
   * @param result an {@code IrBody}, then a {@code FlowGraph}, then a {@code StateMachine}
   */
  void after(Pass pass, CoroutineMethod method, Object result);
}
