/** Tests of coroutines with JUnit. */
module io.fermata.junit {
  requires java.management;
  requires transitive io.fermata;
  requires transitive org.junit.jupiter.api;
  requires org.junit.platform.commons;
  requires org.opentest4j;
  requires static org.apiguardian.api;
  requires static org.jspecify;

  exports io.fermata.junit;

  opens io.fermata.junit to
      org.junit.platform.commons;

  provides org.junit.jupiter.api.extension.Extension with
      io.fermata.junit.CoroutineExtension;
}
