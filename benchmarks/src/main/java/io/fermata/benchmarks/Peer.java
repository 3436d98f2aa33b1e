package io.fermata.benchmarks;

/** Who does the work of a row: a method of its class, named as here, or a script. */
enum Peer {
  FLOOR("floor", "floor"),
  FERMATA("fermata", "Fermata"),
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

  boolean isPresent() {
    return this != VIRTUAL_THREADS || VirtualThreads.AVAILABLE;
  }
}
