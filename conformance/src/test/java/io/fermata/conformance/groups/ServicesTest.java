package io.fermata.conformance.groups;

import static io.fermata.Async.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.EventLoop;
import io.fermata.junit.CoroutineTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/** On a loop as it is; others run the same eagerly, and in other orders. */
@Timeout(60)
class ServicesTest {
  final Services services = new Services();

  @CoroutineTest
  void aCrawlerVisitsSoManyPagesAtATime() {
    assertEquals(99 * 100 / 2, await(ServicesAsync.crawl(services, 100, 7)));
    assertEquals(7, services.most);
  }

  @CoroutineTest
  void aTimeoutEndsThoseThatHaveToWait() {
    assertEquals(3, await(ServicesAsync.crawlInTime(services, 100, Services.millis(38))));
    assertEquals(List.of("time is up"), services.log);
    assertEquals(1, services.most);
  }

  @CoroutineTest
  void aHandlerThatFailsConcernsNoOther(EventLoop loop) {
    List<String> reports = new ArrayList<>();
    loop.setExceptionHandler((own, context) -> reports.add(context.message()));
    await(ServicesAsync.serveAll(services, 5));
    assertEquals(List.of("client 1", "client 3", "client 5"), services.log);
    assertEquals(2, reports.size());
    assertTrue(reports.get(0).startsWith("task client 2 of TaskGroup[server "), reports::toString);
    assertTrue(reports.get(1).startsWith("task client 4 of TaskGroup[server "), reports::toString);
  }

  @CoroutineTest
  void whatTheBlockThrowsIsCaughtAsWhatItIs() throws Exception {
    assertEquals("block", await(ServicesAsync.closeABrokenBlock(services)));
  }

  @CoroutineTest
  void serversAreStartedOneAfterTheOther() {
    assertEquals(3003 + 80 + 5, await(ServicesAsync.startsServers(services)));
    assertEquals(List.of("quiet", "lambda", "lambda ends"), services.log.subList(0, 3));
    assertEquals(8, services.log.size()); // five were closed
  }

  @CoroutineTest
  void aServerThatCantStartFailsWhereItIsStarted() throws Exception {
    assertEquals("port is taken, 3", await(ServicesAsync.startFails(services)));
  }

  @CoroutineTest
  void aTaskIsCancelledAndWaitedFor() {
    assertEquals("no answer", await(ServicesAsync.endsHeartbeats(services)));
    assertEquals(List.of("last beat", "good: true", "last beat"), services.log);
  }

  @CoroutineTest
  void theFastestWins() {
    assertEquals("fast", await(ServicesAsync.fastest(services)));
    assertEquals(List.of("slow is told off"), services.log);
    assertEquals(List.of("one", "two"), await(ServicesAsync.noMirrorWorks(services)));
  }

  @CoroutineTest
  void aThreadIsInterrupted() {
    assertTrue(await(ServicesAsync.interruptsItsThread(services)));
  }
}
