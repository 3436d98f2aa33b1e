package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static java.util.Objects.requireNonNull;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.sync.AsyncLock;
import io.fermata.sync.AsyncSemaphore;
import java.time.Duration;

class SelfDeadlock {
  final AsyncLock lock = new AsyncLock();

  static final class Node {
    final AsyncLock lock = new AsyncLock();
    Node next;
  }

  @Coroutine
  void locks(AsyncLock other) {
    try (lock) {
      try (other) {
        // WARNING fermata:self-deadlock at this.lock
        try (this.lock) {
          await(sleep(Duration.ZERO));
        }
        // WARNING fermata:self-deadlock at other
        await(other.acquire());
      }
    }
    // WARNING fermata:self-deadlock at other
    try (other; other) {
      await(sleep(Duration.ZERO));
    }
  }

  @Coroutine
  void free(AsyncLock other, AsyncSemaphore two, Node node) {
    try (lock) {
      await(sleep(Duration.ZERO));
    }
    try (lock) {
      try (other) {
        lock.release();
        await(lock.acquire());
      }
      Task<Boolean> later = createTask(other.acquire());
      Task<Void> inner =
          createTask(
              async(
                  () -> {
                    try (lock) {
                      await(sleep(Duration.ZERO));
                    }
                  }));
    }
    try (two) {
      try (two) {
        await(sleep(Duration.ZERO));
      }
    }
    try (node.lock) {
      node = node.next;
      try (node.lock) {
        await(sleep(Duration.ZERO));
      }
    }
  }

  @Coroutine
  static void tasks() {
    // WARNING fermata:self-deadlock at requireNonNull(currentTask())
    await(requireNonNull(currentTask()));
    Task<?> own = currentTask();
    // WARNING fermata:self-deadlock at own
    await(gather(sleep(Duration.ZERO), own));
    own = createTask(sleep(Duration.ZERO));
    await(own);
  }

  @Coroutine
  @SuppressWarnings("fermata:self-deadlock")
  void silenced() {
    try (lock) {
      await(lock.acquire());
    }
  }
}
