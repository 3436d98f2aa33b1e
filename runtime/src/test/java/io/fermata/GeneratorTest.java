package io.fermata;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class GeneratorTest extends LoopTests {

  /** {@code try { for (int i = 0; i < limit; i++) out.yield(i); } finally { log("finally"); }}. */
  private static final class Counting extends GeneratorBody<Integer> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Numbers", "count", "Numbers.java", "-2:5", "1:4");

    private final int limit;
    private final List<Object> log;
    private int i;

    Counting(int limit, List<Object> log) {
      this.limit = limit;
      this.log = log;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      try {
        received(sent);
        if (i < limit) {
          current = i++;
          state = -2;
          return EMITTED;
        }
      } catch (Throwable t) {
        log.add("finally");
        throw t;
      }
      log.add("finally");
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** The same with {@code await(sleep(1 s))} before each element, and one in the finally block. */
  @SuppressWarnings("StatementSwitchToExpressionSwitch") // as generated code looks
  private static final class Ticking extends GeneratorBody<Integer> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Clock", "tick", "Clock.java", "-2:5,-3:6,4:9", "1:4");

    private final int limit;
    private final List<Object> log;
    private int i;
    private Throwable thrown;

    Ticking(int limit, List<Object> log) {
      this.limit = limit;
      this.log = log;
    }

    @Override
    protected Object resume(Task<?> task, Object firstSent, int depth) throws Throwable {
      Object sent = firstSent;
      for (; ; ) {
        try {
          switch (state) {
            case START:
            case -3:
              received(sent);
              if (i == limit) {
                state = 3;
                break;
              }
              sent = await(task, sleep(Duration.ofSeconds(1)), depth);
              state = -2;
              if (sent == SUSPENDED) {
                return SUSPENDED;
              }
              break;
            case -2:
              received(sent);
              current = i++;
              state = -3;
              return EMITTED;
            case 3:
              sent = await(task, sleep(Duration.ofSeconds(1)), depth);
              state = 4;
              if (sent == SUSPENDED) {
                return SUSPENDED;
              }
              break;
            case 4:
              log.add("finally");
              if (thrown != null) {
                throw thrown;
              }
              return null;
            default:
              throw new AssertionError(state);
          }
        } catch (Throwable t) {
          if (state >= 3) {
            throw t;
          }
          thrown = t;
          sent = null;
          state = 3;
        }
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  static AsyncGenerator<Integer> countingAsync(List<Object> log) {
    return new Counting(10, log).toAsyncGenerator();
  }

  private Generator<Integer> counting(int limit) {
    return new Counting(limit, log).toGenerator();
  }

  @Test
  void aPlainGeneratorGivesItsElementsAndThenNone() {
    Generator<Integer> numbers = counting(2);
    assertEquals(0, numbers.next());
    assertTrue(numbers.hasNext());
    assertTrue(numbers.hasNext());
    assertEquals(1, numbers.next());
    assertFalse(numbers.hasNext());
    assertThrows(NoSuchElementException.class, numbers::next);
    assertEquals(List.of("finally"), log);
    assertEquals("generator Numbers.count", numbers.toString());
  }

  @Test
  void aPlainGeneratorIsLazyAndWorksInLoopsAndStreams() {
    List<Integer> seen = new ArrayList<>();
    for (int number : counting(3)) {
      seen.add(number);
    }
    assertEquals(List.of(0, 1, 2), seen);
    assertEquals(List.of(0, 1, 2), counting(Integer.MAX_VALUE).stream().limit(3).toList());
  }

  @Test
  void closingAPlainGeneratorRunsItsFinallyBlocks() {
    try (Generator<Integer> numbers = counting(5)) {
      assertEquals(0, numbers.next());
    }
    assertEquals(List.of("finally"), log);
  }

  @Test
  void oneThatIsClosedKeepsNotTheElementThatWasAhead() {
    Counting body = new Counting(5, log);
    Generator<Integer> numbers = body.toGenerator();
    assertTrue(numbers.hasNext());
    numbers.close();
    assertNull(body.takeCurrent());
    assertFalse(numbers.hasNext());
    assertThrows(NoSuchElementException.class, numbers::next);
  }

  @Test
  void closingOneThatNeverStartedRunsNothing() {
    Generator<Integer> numbers = counting(5);
    numbers.close();
    assertFalse(numbers.hasNext());
    assertEquals(List.of(), log);
  }

  @Test
  void anAsyncGeneratorAwaitsBetweenItsElements() {
    runVoid(() -> Co.each(new Ticking(3, log).toAsyncGenerator(), log::add));
    assertEquals(List.of(0, 1, 2, "finally"), log);
    assertTime(4000);
  }

  @Test
  void closingAnAsyncGeneratorAwaitsItsFinallyBlocks() {
    runVoid(
        () -> {
          AsyncGenerator<Integer> ticks = new Ticking(3, log).toAsyncGenerator();
          AsyncIterator<Integer> iterator = ticks.asyncIterator();
          assertTrue(await(iterator.moveNext()));
          await(ticks.aclose());
          assertEquals(List.of("finally"), log);
          assertFalse(await(iterator.moveNext()));
          await(ticks.aclose());
        });
    assertTime(2000);
  }

  @Test
  void asAScopeItIsEndedAndWhatTheBlockThrewGoesOn() {
    ArithmeticException failure = new ArithmeticException();
    assertSame(
        failure,
        assertThrows(
            ArithmeticException.class,
            () ->
                runVoid(
                    () -> {
                      AsyncGenerator<Integer> ticks = new Ticking(3, log).toAsyncGenerator();
                      Co.with(
                          ticks,
                          () -> {
                            await(ticks.asyncIterator().moveNext());
                            throw failure;
                          });
                    })));
    assertEquals(List.of("finally"), log);
  }

  @Test
  void aCancellationInsideTheGeneratorRunsItsFinallyBlocks() {
    AsyncGenerator<Integer> ticks = new Ticking(3, log).toAsyncGenerator();
    Task<Boolean> task = loop.createTask(Co.coro(() -> await(ticks.asyncIterator().moveNext())));
    settle();
    task.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertEquals(List.of("finally"), log);
  }

  @Test
  void aSecondTaskThatAwaitsTheNextElementIsRefused() {
    AsyncGenerator<Integer> ticks = new Ticking(3, log).toAsyncGenerator();
    loop.createTask(Co.coro(() -> await(ticks.asyncIterator().moveNext())));
    settle();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> run(() -> await(ticks.asyncIterator().moveNext())));
    assertTrue(e.getMessage().contains("is running"), e::getMessage);
    assertEquals(List.of(), log, "the first task's element is not disturbed");
  }

  /** {@code for (int i : source) out.yield(i);}. */
  private static final class Looping extends GeneratorBody<Integer> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Numbers", "loop", "Numbers.java", "2:15", "1:14");

    private final Generator<Integer> source;

    Looping(Generator<Integer> source) {
      this.source = source;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) {
      if (!source.hasNext()) {
        return null;
      }
      current = source.next();
      state = 2;
      return EMITTED;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private Generator<Integer> nested(int depth) {
    Generator<Integer> generator = Generator.of(new Counting(2, log));
    for (int i = 0; i < depth; i++) {
      generator = Generator.of(new Looping(generator));
    }
    return generator;
  }

  /** As many as the guide says, in a thread as it comes. */
  @Test
  void generatorsMayRunEachOtherAThousandDeepInForLoops() throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              for (int i : nested(1_000)) {
                log.add(i);
              }
            });
    thread.start();
    thread.join();
    assertEquals(List.of(0, 1, "finally"), log);
  }

  @Test
  void generatorsThatRunEachOtherDeeperThanTheStackSaySo() {
    int depth = 100_000;
    StackOverflowError thrown = assertThrows(StackOverflowError.class, () -> nested(depth).next());
    String told = String.valueOf(thrown.getMessage());
    assertTrue(told.matches("the stack has no room for \\d{4,5} plain generators.*"), told);
    assertTrue(told.contains("yieldAll"), told);
    List<String> places = Arrays.stream(thrown.getStackTrace()).map(f -> "" + f).toList();
    assertTrue(Collections.frequency(places, "app.Numbers.loop(Numbers.java:14)") > 100);
  }

  @Test
  void whatOverflowsInABodyIsPassedOnAsItIs() {
    StackOverflowError overflow = new StackOverflowError();
    Generator<Integer> generator =
        Generator.of(
            new GeneratorBody<>() {
              @Override
              protected Object resume(Task<?> task, Object sent, int depth) {
                throw overflow;
              }

              @Override
              protected LineTable lines() {
                return Looping.LINES;
              }
            });
    assertSame(
        overflow,
        assertThrows(StackOverflowError.class, () -> Generator.of(new Looping(generator)).next()));
  }
}
