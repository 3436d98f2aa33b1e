package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;

import io.fermata.ContextVar;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.Timeout;
import io.fermata.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * What a server does for a request, with sleeps of 1 ms for what it would wait for: it remembers
 * the request's number in the context, takes one of 1,000 permits, sleeps three times, and asks
 * three children at once, all within a timeout. 10,000 requests come at the same time.
 */
public class ServiceBenchmark {
  private static final int REQUESTS = 10_000;
  private static final int SIZE = Size.of(REQUESTS);
  private static final int PERMITS = 1_000;
  private static final Duration DELAY = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  static final ContextVar<Integer> REQUEST = ContextVar.named("request");

  @Coroutine
  static int child(int part, Duration delay) {
    await(sleep(delay));
    return REQUEST.get() + part;
  }

  @Coroutine
  static int request(int number, AsyncSemaphore permits, Duration time, Duration delay) {
    REQUEST.set(number);
    Timeout block = timeout(time);
    try (block) {
      try (permits) {
        for (int i = 0; i < 3; i++) {
          await(sleep(delay));
        }
        return await(
            gather(
                ServiceBenchmarkAsync.child(0, delay),
                ServiceBenchmarkAsync.child(1, delay),
                ServiceBenchmarkAsync.child(2, delay),
                (a, b, c) -> a + b + c));
      }
    }
  }

  @Coroutine
  static int requests(int count, int concurrent, Duration time, Duration delay) {
    AsyncSemaphore permits = new AsyncSemaphore(concurrent);
    List<Task<Integer>> requests = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      requests.add(createTask(ServiceBenchmarkAsync.request(number, permits, time, delay)));
    }
    int sum = 0;
    for (Task<Integer> request : requests) {
      sum += await(request);
    }
    return sum;
  }

  /** All requests, for whoever runs them. */
  static Coro<Integer> all() {
    return ServiceBenchmarkAsync.requests(SIZE, PERMITS, LONG, DELAY);
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int fermata() {
    return run(all());
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(threads.executor, () -> new Blocking(threads).requests());
  }

  private static final class Blocking {
    private final VirtualThreadState threads;
    private final Semaphore permits = new Semaphore(PERMITS);
    private final InheritableThreadLocal<Integer> request = new InheritableThreadLocal<>();

    Blocking(VirtualThreadState threads) {
      this.threads = threads;
    }

    int requests() {
      List<Future<Integer>> requests = new ArrayList<>(SIZE);
      for (int i = 0; i < SIZE; i++) {
        int number = i;
        requests.add(
            threads.executor.submit(
                () ->
                    threads
                        .executor
                        .submit(() -> request(number))
                        .get(LONG.toMillis(), TimeUnit.MILLISECONDS)));
      }
      int sum = 0;
      for (Future<Integer> future : requests) {
        sum += VirtualThreads.get(future);
      }
      return sum;
    }

    private int request(int number) throws InterruptedException {
      request.set(number);
      permits.acquire();
      try {
        for (int i = 0; i < 3; i++) {
          Thread.sleep(DELAY.toMillis());
        }
        List<Future<Integer>> children = new ArrayList<>(3);
        for (int i = 0; i < 3; i++) {
          int part = i;
          children.add(threads.executor.submit(() -> child(part)));
        }
        int sum = 0;
        for (Future<Integer> child : children) {
          sum += VirtualThreads.get(child);
        }
        return sum;
      } finally {
        permits.release();
      }
    }

    private int child(int part) throws InterruptedException {
      Thread.sleep(DELAY.toMillis());
      return request.get() + part;
    }
  }
}
