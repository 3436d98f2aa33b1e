// PRINTS 120endedclosed
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.Cleanup;
import java.io.StringReader;

class CleanedUp {
  static final StringBuilder LOG = new StringBuilder();

  static class Closing implements AutoCloseable {
    public void close() {
      LOG.append("closed");
    }

    public void end() {
      LOG.append("ended");
    }
  }

  @Coroutine
  static int go() throws java.io.IOException {
    @Cleanup Closing one = new Closing();
    @Cleanup("end") Closing two = new Closing();
    await(sleep(Duration.ZERO));
    @Cleanup StringReader in = new StringReader("x");
    return in.read();
  }

  static String result() {
    try {
      return run(CleanedUpAsync.go()) + LOG.toString();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
