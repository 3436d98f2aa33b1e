package io.fermata.conformance.groups;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.race;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.toThread;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.ExceptionGroup;
import io.fermata.GroupOptions;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.TaskStatus;
import io.fermata.ThreadOptions;
import io.fermata.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Coroutines that use each of the functions as a program would. */
final class Services {
  final List<String> log = new ArrayList<>();
  final CountDownLatch interrupted = new CountDownLatch(1);
  final CountDownLatch two = new CountDownLatch(2);
  final AtomicInteger inThreads = new AtomicInteger();
  final AtomicInteger mostInThreads = new AtomicInteger();
  int running;
  int most;

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  static Duration millis(long millis) {
    return ms(millis);
  }

  // A limit.

  @Coroutine
  int visit(int page) {
    most = Math.max(most, ++running);
    await(sleep(millis(10 + page % 3)));
    running--;
    return page;
  }

  @Coroutine
  int crawl(int pages, int atATime) {
    List<Task<Integer>> visits = new ArrayList<>();
    try (TaskGroup group = TaskGroup.open(GroupOptions.named("crawler").withLimit(atATime))) {
      for (int i = 0; i < pages; i++) {
        visits.add(group.createTask(ServicesAsync.visit(this, i)));
      }
    }
    int sum = 0;
    for (Task<Integer> visit : visits) {
      sum += visit.result();
    }
    return sum;
  }

  @Coroutine
  int crawlInTime(int pages, Duration time) {
    int done = 0;
    List<Task<Integer>> visits = new ArrayList<>();
    try (Timeout limit = timeout(time);
        TaskGroup group = TaskGroup.open(GroupOptions.DEFAULT.withLimit(1))) {
      for (int i = 0; i < pages; i++) {
        visits.add(group.createTask(ServicesAsync.visit(this, i)));
      }
    } catch (AsyncTimeoutException e) {
      log.add("time is up");
    }
    for (Task<Integer> visit : visits) {
      done += visit.isCancelled() ? 0 : 1;
    }
    return done;
  }

  // Isolated failures.

  @Coroutine
  void handle(int client) throws IOException {
    await(sleep(millis(client)));
    if (client % 2 == 0) {
      throw new IOException("client " + client);
    }
    log.add("client " + client);
  }

  @Coroutine
  void serveAll(int clients) {
    try (TaskGroup group = TaskGroup.open(GroupOptions.named("server").withIsolatedFailures())) {
      for (int i = 1; i <= clients; i++) {
        group.createTask(ServicesAsync.handle(this, i), "client " + i);
      }
    }
  }

  @Coroutine
  String closeABrokenBlock() throws IOException {
    try (TaskGroup group = TaskGroup.open(GroupOptions.DEFAULT.withIsolatedFailures())) {
      group.createTask(ServicesAsync.visit(this, 1));
      await(sleep(millis(1)));
      throw new IOException("block");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  // Start.

  @Coroutine
  void serve(TaskStatus<Integer> status, int port) {
    await(sleep(millis(5)));
    status.started(port);
    try {
      await(sleep(Duration.ofDays(1)));
    } finally {
      await(sleep(millis(1)));
      log.add("closed " + port);
    }
  }

  @Coroutine
  void quiet(TaskStatus<?> status) {
    await(sleep(millis(2)));
    status.started();
    log.add("quiet");
  }

  @Coroutine
  int startsServers() {
    int sum = 0;
    try (TaskGroup group = TaskGroup.open()) {
      int first = await(group.start(status -> ServicesAsync.serve(this, status, 80)));
      await(group.start((TaskStatus<Integer> status) -> ServicesAsync.serve(this, status, 443)));
      await(group.start(status -> ServicesAsync.quiet(this, status)));
      String name =
          await(
              group.start(
                  status ->
                      async(
                          () -> {
                            await(sleep(millis(3)));
                            status.started("lambda");
                            await(sleep(millis(3)));
                            log.add("lambda ends");
                          })));
      log.add(name);
      for (int port = 1000; port < 1003; port++) {
        int given = port;
        int told = await(group.start(status -> ServicesAsync.serve(this, status, given)));
        sum += told;
      }
      sum += first + group.tasks().size();
      group.cancel();
    }
    return sum;
  }

  @Coroutine
  void portTaken(TaskStatus<Integer> status) throws IOException {
    await(sleep(millis(5)));
    throw new IOException("port is taken");
  }

  @Coroutine
  String startFails() throws IOException {
    try (TaskGroup group = TaskGroup.open()) {
      Task<Integer> other = group.createTask(ServicesAsync.visit(this, 3));
      try {
        int port =
            await(group.start(status -> ServicesAsync.portTaken(this, status)), IOException.class);
        return "not reached: " + port;
      } catch (IOException e) {
        return e.getMessage() + ", " + await(other);
      }
    }
  }

  // cancelAndWait.

  @Coroutine
  void heartbeat(Duration cleanup) throws IOException {
    try {
      for (; ; ) {
        await(sleep(millis(10)));
      }
    } catch (CancelledError e) {
      await(sleep(cleanup));
      log.add("last beat");
      if (cleanup.toMillis() > 5) {
        throw new IOException("no answer", e);
      }
      throw e;
    }
  }

  @Coroutine
  String endsHeartbeats() {
    Task<Void> good = createTask(ServicesAsync.heartbeat(this, millis(5)));
    Task<Void> bad = createTask(ServicesAsync.heartbeat(this, millis(6)));
    await(sleep(millis(15)));
    await(good.cancelAndWait());
    log.add("good: " + good.isCancelled());
    try {
      await(bad.cancelAndWait(), IOException.class);
      return "not reached";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  // race.

  @Coroutine
  String mirror(String name, int delay, boolean works) throws IOException {
    try {
      await(sleep(millis(delay)));
    } catch (CancelledError e) {
      await(sleep(millis(2)));
      log.add(name + " is told off");
      throw e;
    }
    if (!works) {
      throw new IOException(name);
    }
    return name;
  }

  @Coroutine
  String fastest() {
    return await(
        race(
            ServicesAsync.mirror(this, "fails", 1, false),
            ServicesAsync.mirror(this, "slow", 30, true),
            ServicesAsync.mirror(this, "fast", 10, true)));
  }

  @Coroutine
  List<String> noMirrorWorks() {
    List<String> names = new ArrayList<>();
    try {
      await(
          race(
              List.of(
                  ServicesAsync.mirror(this, "one", 10, false),
                  ServicesAsync.mirror(this, "two", 1, false))));
    } catch (ExceptionGroup e) {
      for (Throwable failure : e.exceptions()) {
        names.add(failure.getMessage());
      }
    }
    return names;
  }

  // Threads.

  @Coroutine
  boolean interruptsItsThread() {
    CountDownLatch begun = new CountDownLatch(1);
    Task<Void> work =
        createTask(
            toThread(
                () -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                },
                ThreadOptions.DEFAULT.interrupting()));
    await(toThread(() -> begun.await()));
    await(work.cancelAndWait());
    await(toThread(() -> interrupted.await()));
    return work.isCancelled();
  }

  int inThread() throws InterruptedException {
    mostInThreads.accumulateAndGet(inThreads.incrementAndGet(), Math::max);
    two.countDown();
    two.await(); // as many as that are there at a time
    return inThreads.getAndDecrement();
  }

  @Coroutine
  int usesThreads(int jobs) {
    List<Coro<Integer>> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      all.add(toThread(() -> inThread()));
    }
    return await(gather(all)).size();
  }
}
