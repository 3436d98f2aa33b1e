/** The runtime of Fermata: coroutines, the loop that runs them, and what users call. */
module io.fermata {
  requires static java.management;
  requires static jdk.jfr;
  requires static jdk.attach;
  requires static org.jspecify;

  exports io.fermata;
  exports io.fermata.codegen;
  exports io.fermata.net;
  exports io.fermata.queue;
  exports io.fermata.sync;
  exports io.fermata.testing;
  exports io.fermata.internal.outside to
      java.management;
}
