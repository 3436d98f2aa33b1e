package io.fermata.conformance.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a loop as it is, on one that starts tasks eagerly, and on one that shuffles what is ready. */
@Timeout(60)
final class ServicesTest {
  enum Mode {
    PLAIN,
    EAGER,
    SHUFFLED
  }

  private final Services services = new Services();
  private final List<String> reports = new ArrayList<>();

  private <T> T run(Coro<T> main, Mode mode) {
    Supplier<EventLoop> factory =
        () -> {
          VirtualTimeLoop loop =
              mode == Mode.SHUFFLED ? new VirtualTimeLoop(42) : new VirtualTimeLoop();
          if (mode == Mode.EAGER) {
            loop.setTaskFactory(EventLoop.eagerTaskFactory());
          }
          loop.setExceptionHandler((own, context) -> reports.add(context.message()));
          return loop;
        };
    return Async.run(main, RunOptions.DEFAULT.withLoopFactory(factory));
  }

  @ParameterizedTest
  @EnumSource
  void aCrawlerVisitsSoManyPagesAtATime(Mode mode) {
    assertEquals(99 * 100 / 2, run(ServicesAsync.crawl(services, 100, 7), mode));
    assertEquals(7, services.most);
    assertEquals(List.of(), reports);
  }

  @ParameterizedTest
  @EnumSource
  void aTimeoutEndsThoseThatHaveToWait(Mode mode) {
    assertEquals(3, run(ServicesAsync.crawlInTime(services, 100, Services.millis(38)), mode));
    assertEquals(List.of("time is up"), services.log);
    assertEquals(1, services.most);
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerThatFailsConcernsNoOther(Mode mode) {
    run(ServicesAsync.serveAll(services, 5), mode);
    assertEquals(List.of("client 1", "client 3", "client 5"), services.log);
    assertEquals(2, reports.size());
    assertTrue(reports.get(0).startsWith("task client 2 of TaskGroup[server "), reports::toString);
    assertTrue(reports.get(1).startsWith("task client 4 of TaskGroup[server "), reports::toString);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheBlockThrowsIsCaughtAsWhatItIs(Mode mode) throws Exception {
    assertEquals("block", run(ServicesAsync.closeABrokenBlock(services), mode));
  }

  @ParameterizedTest
  @EnumSource
  void serversAreStartedOneAfterTheOther(Mode mode) {
    assertEquals(3003 + 80 + 5, run(ServicesAsync.startsServers(services), mode));
    assertEquals(List.of("quiet", "lambda", "lambda ends"), services.log.subList(0, 3));
    assertEquals(8, services.log.size()); // five were closed
    assertEquals(List.of(), reports);
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatCantStartFailsWhereItIsStarted(Mode mode) throws Exception {
    assertEquals("port is taken, 3", run(ServicesAsync.startFails(services), mode));
    assertEquals(List.of(), reports);
  }

  @ParameterizedTest
  @EnumSource
  void aTaskIsCancelledAndWaitedFor(Mode mode) {
    assertEquals("no answer", run(ServicesAsync.endsHeartbeats(services), mode));
    assertEquals(List.of("last beat", "good: true", "last beat"), services.log);
    assertEquals(List.of(), reports);
  }

  @ParameterizedTest
  @EnumSource
  void theFastestWins(Mode mode) {
    assertEquals("fast", run(ServicesAsync.fastest(services), mode));
    assertEquals(List.of("slow is told off"), services.log);
    assertEquals(List.of("one", "two"), run(ServicesAsync.noMirrorWorks(services), mode));
    assertEquals(List.of(), reports);
  }

  @ParameterizedTest
  @EnumSource
  void aThreadIsInterrupted(Mode mode) {
    assertTrue(run(ServicesAsync.interruptsItsThread(services), mode));
    assertEquals(List.of(), reports);
  }

  /** Virtual or not, as the JDK has them. */
  @Test
  void aRunHasSoManyThreadsAsItIsTold() {
    RunOptions options = RunOptions.DEFAULT.withMaxThreads(2);
    assertEquals(30, Async.run(ServicesAsync.usesThreads(services, 30), options));
    assertEquals(2, services.mostInThreads.get());
  }
}
