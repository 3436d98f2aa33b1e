package goldens;

import static io.fermata.Async.await;

import io.fermata.Coroutine;
import io.fermata.queue.AsyncQueue;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.function.LongConsumer;

/** Private members, which the twin reaches by the class's Lookup. */
class Account<K extends Comparable<K>> {
  static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private static volatile int opened;

  private final K key;
  private final AsyncQueue<Long> payments = new AsyncQueue<>();
  private long balance;

  private Account(K key) {
    this.key = key;
  }

  private void book(String format, Object... arguments) throws IOException {
    if (balance < 0) {
      throw new IOException(String.format(format, arguments));
    }
  }

  @Coroutine
  Account<K> receive(Account<K> other) throws IOException {
    opened++;
    balance += await(payments.get());
    balance -= 1;
    book("%s is overdrawn", key);
    LongConsumer booking = other::add;
    booking.accept(balance);
    return new Account<>(other.key);
  }

  private void add(long amount) {
    balance = amount;
  }
}
