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
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

class BlockingCall {
  @interface Blocking {}

  @Blocking
  static String ask() {
    return "a";
  }

  @Blocking
  static class Connection {
    void query() {}
  }

  @Coroutine
  static void body(
      CompletableFuture<String> stage,
      Future<String> future,
      CountDownLatch latch,
      ReentrantLock lock,
      LinkedBlockingQueue<String> queue,
      StampedLock locked,
      ReentrantReadWriteLock both)
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
    // WARNING fermata:blocking-call at locked.writeLock
    locked.writeLock();
    both.writeLock();
    // WARNING fermata:blocking-call at ask
    ask();
    // WARNING fermata:blocking-call at new Connection().query
    new Connection().query();
    await(toThread(() -> ask()));
    await(toThread(() -> Files.readString(Path.of("a"))));
    @SuppressWarnings("fermata:blocking-call")
    String silenced = stage.join();
  }

  static void plain(CompletableFuture<String> stage) {
    stage.join();
  }
}
