package io.fermata.benchmarks;

import java.util.Optional;

/**
 * Who does the work of a row: a method of its class, named as here, one of Kotlin's, or a script.
 */
enum Peer {
  FLOOR("floor", "floor"),
  FERMATA("fermata", "Fermata"),
  KOTLIN("kotlin", "Kotlin"),
  VIRTUAL_THREADS("virtualThreads", "virtual threads"),
  COMPLETABLE_FUTURE("completableFuture", "CompletableFuture"),
  STREAM_ITERATE("streamIterate", "Stream.iterate"),
  ASYNCIO("asyncio", "asyncio");

  private final String method;
  private final String title;

  Peer(String method, String title) {
    this.method = method;
    this.title = title;
  }

  String method() {
    return method;
  }

  String title() {
    return title;
  }

  /** Where its method is, if it is there: Kotlin's classes are compiled on demand only. */
  Optional<Class<?>> classFor(Class<?> benchmark) {
    return this == KOTLIN ? kotlin(benchmark.getSimpleName()) : Optional.of(benchmark);
  }

  /** A class compiled from Kotlin. */
  static Optional<Class<?>> kotlin(String name) {
    try {
      Class.forName("kotlinx.coroutines.Job"); // an earlier build may have left classes alone
      return Optional.of(Class.forName(Peer.class.getPackageName() + ".kotlin." + name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  boolean isPresent() {
    return this != VIRTUAL_THREADS || VirtualThreads.AVAILABLE;
  }
}
