package io.fermata.net;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** That the coroutines of reads and writes serve again is not seen by those who use them. */
class ReusedOperationsTest extends NetTests {

  /** How each kind is made, on a pair whose peer has sent more than is read. */
  private interface Kind {
    Coro<?> make(Pair pair) throws IOException;
  }

  private static final List<Kind> KINDS =
      List.of(
          pair -> pair.reader().read(1),
          pair -> pair.reader().readInto(ByteBuffer.allocate(1)),
          pair -> pair.writer().drain(),
          pair -> pair.writer().send(ByteBuffer.allocate(1)));

  private interface Check {
    void of(Kind kind, Pair pair) throws Exception;
  }

  private void eachKind(Check check) {
    run(
        () -> {
          for (Kind kind : KINDS) {
            try (Pair pair = pair()) {
              pair.send("abcdefghij");
              settle();
              await(kind.make(pair)); // there is one that may serve again
              check.of(kind, pair);
            }
          }
        });
  }

  @Test
  void oneThatHasEndedCanNotBeAwaitedAgain() {
    eachKind(
        (kind, pair) -> {
          Coro<?> once = kind.make(pair);
          await(once);
          IllegalStateException e = assertThrows(IllegalStateException.class, () -> await(once));
          assertTrue(e.getMessage().contains("has been started already"), e.getMessage());
        });
  }

  @Test
  void twoThatWereMadeBeforeOneIsAwaitedAreTwo() {
    eachKind(
        (kind, pair) -> {
          Coro<?> first = kind.make(pair);
          Coro<?> second = kind.make(pair);
          assertNotSame(first, second);
          await(second);
          await(first);
        });
  }

  @Test
  void whatATaskRunsStaysItsOwn() {
    eachKind(
        (kind, pair) -> {
          Task<?> task = createTask(kind.make(pair));
          await(task);
          assertNotSame(task.getCoro(), kind.make(pair));
        });
  }

  @Test
  void anotherThreadGetsOneOfItsOwn() {
    eachKind(
        (kind, pair) -> {
          Coro<?> elsewhere =
              CompletableFuture.supplyAsync(
                      () -> {
                        try {
                          return kind.make(pair);
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        }
                      })
                  .join();
          Coro<?> here = kind.make(pair);
          assertNotSame(here, elsewhere);
          await(here);
          assertSame(here, kind.make(pair));
          await(elsewhere);
        });
  }

  @Test
  void oneThatWasClosedUnstartedLeavesTheNextAlone() {
    eachKind(
        (kind, pair) -> {
          Coro<?> closed = kind.make(pair);
          closed.close();
          await(kind.make(pair));
          assertThrows(IllegalStateException.class, () -> await(closed));
        });
  }

  @Test
  void oneThatIsMadeAndNotAwaitedTakesNothing() {
    run(
        () -> {
          try (Pair pair = pair()) {
            pair.send("abc");
            settle();
            ByteBuffer target = ByteBuffer.allocate(1);
            await(pair.reader().readInto(target));
            Coro<?> unawaited = pair.reader().readInto(target.clear());
            settle();
            assertEquals(0, target.position());
            assertEquals("bc", text(await(pair.reader().read(5))));
            unawaited.close();
          }
        });
  }

  @Test
  void oneThatWasCancelledCanNotBeAwaitedAgainAndTheNextGivesAll() {
    run(
        () -> {
          try (Pair pair = pair()) {
            pair.send("a");
            settle();
            assertEquals("a", text(await(pair.reader().read(5))));
            List<Coro<?>> cancelled = new ArrayList<>();
            Task<byte[]> waiting =
                task(
                    () -> {
                      var reading = pair.reader().read(5);
                      cancelled.add(reading);
                      return await(reading);
                    });
            await(sleep(ms(1)));
            waiting.cancel();
            assertThrows(CancelledError.class, () -> await(waiting));
            pair.send("bc");
            settle();
            assertEquals("bc", text(await(pair.reader().read(5))));
            assertThrows(IllegalStateException.class, () -> await(cancelled.get(0)));
          }
        });
  }

  @Test
  void debugModeTellsOfEachThatIsAwaitedTwiceOrNever() {
    loop.setDebug(true);
    eachKind(
        (kind, pair) -> {
          Coro<?> before = kind.make(pair);
          await(before);
          Coro<?> after = kind.make(pair);
          assertNotSame(before, after);
          assertThrows(IllegalStateException.class, () -> await(before));
        });
    loop.close();
    assertEquals(KINDS.size(), reports.size(), reports.toString());
    assertTrue(reports.get(0).message().contains("was never awaited"), reports.toString());
  }
}
