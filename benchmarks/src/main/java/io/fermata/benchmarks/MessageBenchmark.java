package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Promise;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A platform thread sends messages to a task, which adds them up: by {@code callSoonThreadsafe},
 * and to a virtual thread through a queue. On one core the two take turns.
 */
public class MessageBenchmark {
  private static final int MESSAGES = 200_000;

  /** Runs in the loop what is called from the sender's thread. */
  static final class Receiver {
    final Promise<Integer> received = EventLoop.running().createPromise();
    private final int messages;
    private int count;
    private int sum;

    Receiver(int messages) {
      this.messages = messages;
    }

    void receive(int message) {
      sum += message;
      if (++count == messages) {
        received.complete(sum);
      }
    }
  }

  static void send(EventLoop loop, Receiver receiver, int messages) {
    for (int i = 0; i < messages; i++) {
      int message = i;
      loop.callSoonThreadsafe(() -> receiver.receive(message));
    }
  }

  @Coroutine
  static int receive(int messages) {
    Receiver receiver = new Receiver(messages);
    EventLoop loop = EventLoop.running();
    Thread sender = new Thread(() -> send(loop, receiver, messages), "sender");
    sender.start();
    return await(receiver.received);
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int fermata() {
    return run(MessageBenchmarkAsync.receive(MESSAGES));
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
          Thread sender = new Thread(() -> sendTo(queue), "sender");
          sender.start();
          int sum = 0;
          for (int i = 0; i < MESSAGES; i++) {
            sum += queue.take();
          }
          return sum;
        });
  }

  private static void sendTo(BlockingQueue<Integer> queue) {
    for (int i = 0; i < MESSAGES; i++) {
      queue.add(i);
    }
  }
}
