package negative;

import io.fermata.Coroutine;
import static io.fermata.Async.await;
import static io.fermata.Async.toThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

class BlockingCall {
  @Coroutine
  static void body(
      CompletableFuture<String> stage,
      Future<String> future,
      CountDownLatch latch,
      ReentrantLock lock,
      LinkedBlockingQueue<String> queue)
      throws Exception {
    // WARNING fermata:blocking-call at Thread.sleep
    Thread.sleep(1);
    // WARNING fermata:blocking-call at stage.join
    stage.join();
    // WARNING fermata:blocking-call at future.get
    future.get();
    // WARNING fermata:blocking-call at latch.await
    latch.await();
    // WARNING fermata:blocking-call at lock.lock
    lock.lock();
    // WARNING fermata:blocking-call at queue.take
    queue.take();
    // WARNING fermata:blocking-call at Files.readString
    Files.readString(Path.of("a"));
    await(toThread(() -> Files.readString(Path.of("a"))));
    @SuppressWarnings("fermata:blocking-call")
    String silenced = stage.join();
  }

  static void plain(CompletableFuture<String> stage) {
    stage.join();
  }
}
