package io.fermata;

import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trace has taken is given back when its run has ended. */
class TraceRetentionTest {
  @TempDir Path folder;

  @Test
  void theRunnerAndItsLoopHoldNoRecordingWhenTheyAreClosed() throws Exception {
    EventLoop loop = new VirtualTimeLoop();
    Runner runner =
        new Runner(
            RunOptions.DEFAULT.withLoopFactory(() -> loop).withTrace(folder.resolve("trace.html")));
    List<WeakReference<Object>> observation = new ArrayList<>();
    runner.run(coroVoid(() -> observation.add(new WeakReference<>(loop.observation))));
    assertNotNull(observation.get(0).get());
    runner.close();
    assertNull(loop.observation);
    for (int i = 0; i < 400 && observation.get(0).get() != null; i++) {
      System.gc();
      Thread.sleep(5); // of real time, for the collector
    }
    assertNull(observation.get(0).get());
    runner.close(); // it is held up to here, as the loop is
    assertTrue(loop.isClosed());
  }
}
