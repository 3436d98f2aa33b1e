package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

@SuppressWarnings("fermata:blocking-call")
class LockAcrossAwait {
  final Lock lock = new ReentrantLock();

  @Coroutine
  void held(ReentrantReadWriteLock both) {
    lock.lock();
    try {
      // WARNING fermata:lock-across-await at await(sleep(Duration.ZERO))
      await(sleep(Duration.ZERO));
      await(sleep(Duration.ZERO));
    } finally {
      this.lock.unlock();
    }
    both.readLock().lock();
    // WARNING fermata:lock-across-await at await(sleep(Duration.ZERO))
    await(sleep(Duration.ZERO));
    both.readLock().unlock();
    if (lock.tryLock()) {
      try {
        // WARNING fermata:lock-across-await at await(sleep(Duration.ZERO))
        await(sleep(Duration.ZERO));
      } finally {
        lock.unlock();
      }
    }
  }

  @Coroutine
  void free(ReentrantReadWriteLock both, Lock other, Semaphore semaphore)
      throws InterruptedException {
    lock.lock();
    try {
      Runnable none = () -> {};
    } finally {
      lock.unlock();
    }
    await(sleep(Duration.ZERO));
    while (!lock.tryLock()) {
      await(sleep(Duration.ZERO));
    }
    lock.unlock();
    other.lock();
    other.unlock();
    await(sleep(Duration.ZERO));
    both.writeLock().lock();
    both.writeLock().unlock();
    // A semaphore belongs to no thread.
    if (semaphore.tryAcquire()) {
      await(sleep(Duration.ZERO));
      semaphore.release();
    }
  }

  @Coroutine
  @SuppressWarnings("fermata:lock-across-await")
  void silenced() {
    lock.lock();
    await(sleep(Duration.ZERO));
    lock.unlock();
  }
}
