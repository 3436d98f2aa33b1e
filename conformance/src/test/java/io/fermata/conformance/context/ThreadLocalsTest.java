package io.fermata.conformance.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.RunOptions;
import io.fermata.SelectorLoop;
import io.fermata.ThreadLocalAccessor;
import io.fermata.testing.VirtualTimeLoop;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadLocalsTest {
  private static final RunOptions CARRYING =
      RunOptions.DEFAULT
          .withLoopFactory(VirtualTimeLoop::new)
          .withThreadLocal(ThreadLocalAccessor.of(ThreadLocals.USER));

  @AfterEach
  void forget() {
    ThreadLocals.USER.remove();
  }

  @Test
  void tasksThatTakeTurnsEachSeeTheirOwnValue() {
    assertEquals(
        List.of("main ann ann!", "main bob bob!", "main"),
        carrying(ThreadLocalsAsync.interleaved()));
  }

  @Test
  void withoutAnAccessorTasksSeeEachOthersValues() {
    assertEquals(
        List.of("main bob! bob!!", "ann bob bob!", "bob!!"),
        Async.run(
            ThreadLocalsAsync.interleaved(),
            RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new)));
  }

  @Test
  void firstTaskStartsWithTheThreadsValue_whichTheThreadHasBack() {
    ThreadLocals.USER.set("thread");
    assertEquals("thread", carrying(ThreadLocalsAsync.read()));
    carrying(ThreadLocalsAsync.interleaved());
    assertEquals("thread", ThreadLocals.USER.get());
  }

  @Test
  void eagerTaskStartsWithItsCreatorsValueAndChangesItsOwn() {
    assertEquals(
        List.of("creator", "creator child child!", "creator"), carrying(ThreadLocalsAsync.eager()));
  }

  @Test
  void callbacksSeeWhatWasSeenWhereTheyWereRegistered() {
    assertEquals(
        List.of("soon registered", "done registered", "later registered", "changed"),
        carrying(ThreadLocalsAsync.callbacks()));
  }

  @Test
  void workInAnotherThreadSeesTheValueAndChangesNone() {
    assertEquals(List.of("taken along", "taken along"), carrying(ThreadLocalsAsync.threads()));
  }

  @Test
  void contextsKeepTheirValues() {
    assertEquals(
        List.of("outside", "outside, later", "inside"), carrying(ThreadLocalsAsync.contexts()));
  }

  @Test
  void coroutineHandedOverFromAnotherThreadSeesThatThreadsValue()
      throws InterruptedException, ExecutionException {
    EventLoop loop = new SelectorLoop();
    loop.setThreadLocals(List.of(ThreadLocalAccessor.of(ThreadLocals.USER)));
    Thread thread = new Thread(loop::runForever, "loop");
    thread.start();
    try {
      ThreadLocals.USER.set("from outside");
      assertEquals(
          "from outside", Async.runCoroutineThreadsafe(ThreadLocalsAsync.read(), loop).get());
    } finally {
      loop.callSoonThreadsafe(loop::stop);
      thread.join();
      loop.close();
    }
  }

  @Test
  void loopThatRunsTakesNoMore() {
    EventLoop loop = new VirtualTimeLoop();
    loop.callSoon(
        () -> {
          assertThrows(IllegalStateException.class, () -> loop.setThreadLocals(List.of()));
          loop.stop();
        });
    loop.runForever();
    loop.close();
  }

  private static <T> T carrying(Coro<T> coro) {
    return Async.run(coro, CARRYING);
  }
}
