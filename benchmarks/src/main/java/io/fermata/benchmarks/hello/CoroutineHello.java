package io.fermata.benchmarks.hello;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

/** A coroutine. */
public final class CoroutineHello {
  private CoroutineHello() {}

  @Coroutine
  static void hello() {
    await(sleep(Duration.ZERO));
    System.out.println("hello world");
  }

  public static void main(String[] args) {
    run(CoroutineHelloAsync.hello());
  }
}
