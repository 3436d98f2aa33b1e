package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.each;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Co;
import io.fermata.Coro;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.internal.net.Network;
import io.fermata.net.FakeNetwork.FakeTransport;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link StreamReader}, with plain sockets as peers. */
class StreamReaderTest extends NetTests {

  private interface PairBody {
    void run(Pair pair) throws Throwable;
  }

  private void withPair(PairBody body) {
    withPair(ConnectOptions.DEFAULT, body);
  }

  private void withPair(ConnectOptions options, PairBody body) {
    run(
        () -> {
          try (Pair pair = pair(options)) {
            body.run(pair);
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void NET_03_readOfNothingGivesNothingAtOnceWhateverThereIs() {
    withPair(
        pair -> {
          assertEquals(0, await(pair.reader().read(0)).length);
          pair.send("ab");
          assertEquals("a", text(await(pair.reader().read(1))));
          assertEquals(0, await(pair.reader().read(0)).length);
          assertEquals("b", text(await(pair.reader().read(5))));
          pair.peer().shutdownOutput();
          assertEquals(0, await(pair.reader().read(5)).length);
          assertEquals(0, await(pair.reader().read(0)).length);
        });
  }

  @Test
  void NET_04_readGivesWhatIsThereAndLeavesTheRestInOrder() {
    withPair(
        pair -> {
          pair.send("abcdef");
          assertEquals("abc", text(await(pair.reader().read(3))));
          assertEquals("def", text(await(pair.reader().read(1000))));
        });
  }

  @Test
  void NET_05_readWaitsAndGivesAnEmptyArrayAtTheEndAgainAndAgain() {
    withPair(
        pair -> {
          Task<byte[]> reading = loop.createTask(pair.reader().read(10));
          settle();
          assertFalse(reading.isDone());
          pair.peer().shutdownOutput();
          assertEquals(0, await(reading).length);
          assertEquals(0, await(pair.reader().read(10)).length);
          assertEquals(0, await(pair.reader().readAll()).length);
        });
  }

  @Test
  void NET_06_countsAndLimitsBelowZeroAreRefusedAtTheCall() {
    withPair(
        pair -> {
          pair.send("abc");
          assertThrows(IllegalArgumentException.class, () -> pair.reader().read(-1));
          assertThrows(IllegalArgumentException.class, () -> pair.reader().readExactly(-1));
          assertThrows(IllegalArgumentException.class, () -> pair.reader().setLimit(0));
          assertEquals("abc", text(await(pair.reader().readExactly(3))));
          assertEquals(0, await(pair.reader().readExactly(0)).length);
        });
    assertThrows(IllegalArgumentException.class, () -> ConnectOptions.DEFAULT.withLimit(0));
    assertThrows(IllegalArgumentException.class, () -> ServerOptions.DEFAULT.withLimit(-1));
  }

  @Test
  void NET_07_aLimitBoundsLinesAndNotCounts() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(3),
        pair -> {
          pair.send("12345");
          assertEquals("12345", text(await(pair.reader().readExactly(5))));
          pair.send("12345");
          settle();
          assertEquals("12345", text(await(pair.reader().read(5))));
          pair.send("12345\n");
          assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
          pair.send("12345;");
          LimitOverrunException e =
              assertThrows(
                  LimitOverrunException.class, () -> await(pair.reader().readUntil(bytes(";"))));
          assertEquals("12345;", text(await(pair.reader().readExactly(e.consumed() + 1))));
        });
  }

  @Test
  void NET_08_readExactlyGathersAndTellsWhatWasThereAtTheEnd() {
    withPair(
        pair -> {
          Task<byte[]> reading = loop.createTask(pair.reader().readExactly(6));
          for (String part : List.of("ab", "cd", "efgh")) {
            pair.send(part);
            settle();
          }
          assertEquals("abcdef", text(await(reading)));
          pair.peer().shutdownOutput();
          IncompleteReadException e =
              assertThrows(
                  IncompleteReadException.class, () -> await(pair.reader().readExactly(10)));
          assertInstanceOf(EOFException.class, e);
          assertEquals("gh", text(e.partial()));
          assertEquals(OptionalInt.of(10), e.expected());
          assertTrue(e.getMessage().contains("2") && e.getMessage().contains("10"));
          assertTrue(pair.reader().atEof());
          assertEquals(0, pair.reader().buffered());
        });
  }

  @Test
  void NET_09_readExactlyFarBeyondTheLimitEnds() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(10),
        pair -> {
          byte[] sent = pattern(5_000_000);
          var peer =
              peer(
                  () -> {
                    pair.send(sent);
                    return "sent";
                  });
          assertBytes(sent, await(pair.reader().readExactly(sent.length)));
          assertEquals("sent", result(peer));
        });
  }

  @Test
  void NET_10_linesComeWithoutTheirEndsAndNullAtTheEnd() {
    withPair(
        pair -> {
          pair.send("one\ntwo\r\n\nlone\rreturn\nlast");
          pair.peer().shutdownOutput();
          List<String> lines = new ArrayList<>();
          for (String line; (line = await(pair.reader().readLine())) != null; ) {
            lines.add(line);
          }
          assertEquals(List.of("one", "two", "", "lone\rreturn", "last"), lines);
          assertNull(await(pair.reader().readLine()));
        });
  }

  @Test
  void NET_11_charactersInTwoSegmentsComeWholeAndWhatIsNoTextIsTakenAway() {
    withPair(
        pair -> {
          byte[] line = bytes("grün\n");
          Task<String> reading = loop.createTask(pair.reader().readLine());
          pair.send(Arrays.copyOf(line, 3));
          settle();
          pair.send(Arrays.copyOfRange(line, 3, line.length));
          assertEquals("grün", await(reading));
          pair.send(new byte[] {'a', (byte) 0xff, 'b', '\n', 'c', '\n'});
          assertThrows(MalformedInputException.class, () -> await(pair.reader().readLine()));
          assertEquals("c", await(pair.reader().readLine()));
          pair.reader().setCharset(StandardCharsets.ISO_8859_1);
          pair.send("grün\n".getBytes(StandardCharsets.ISO_8859_1));
          assertEquals("grün", await(pair.reader().readLine()));
          assertThrows(
              IllegalArgumentException.class,
              () -> pair.reader().setCharset(StandardCharsets.UTF_16));
        });
  }

  @Test
  void NET_12_aLineOverTheLimitIsTakenAwayAndTheNextIsWhole() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(4),
        pair -> {
          pair.send("12345\nnext\r\n1234\n");
          LimitOverrunException e =
              assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
          assertEquals(5, e.consumed());
          assertEquals("next", await(pair.reader().readLine()));
          assertEquals("1234", await(pair.reader().readLine()));
        });
  }

  @Test
  void NET_12_theLimitIs64KibibytesUnlessOptionsSayElse() {
    withPair(
        pair -> {
          String line = "x".repeat(64 * 1024);
          pair.send(line + "\n");
          assertEquals(line, await(pair.reader().readLine()));
          pair.send(line + "x\nnext\n");
          assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
          assertEquals("next", await(pair.reader().readLine()));
        });
  }

  @Test
  void NET_12_aLineOverTheLimitWhoseEndIsStillToComeIsTakenAwayWhole() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(4),
        pair -> {
          pair.send("12345");
          assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
          Task<String> next = loop.createTask(pair.reader().readLine());
          pair.send("67890");
          settle();
          assertFalse(next.isDone());
          pair.send("tail\nnext\n");
          assertEquals("next", await(next));
          pair.send("12345");
          assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
          pair.peer().shutdownOutput();
          assertNull(await(pair.reader().readLine()));
        });
  }

  private record NextRead(String name, Function<StreamReader, ThrowingCoro<?, IOException>> read) {}

  @Test
  void NET_12_whateverReadIsNextGetsWhatIsBehindALineOverTheLimit() {
    ByteBuffer direct = ByteBuffer.allocateDirect(100);
    ByteBuffer heap = ByteBuffer.allocate(100);
    List<NextRead> reads =
        List.of(
            new NextRead("read", reader -> reader.read(100)),
            new NextRead("readInto, direct", reader -> reader.readInto(direct.clear())),
            new NextRead("readInto, heap", reader -> reader.readInto(heap.clear())),
            new NextRead("readExactly", reader -> reader.readExactly(5)),
            new NextRead("readUntil", reader -> reader.readUntil(bytes("t\n"))),
            new NextRead("readLine", StreamReader::readLine),
            new NextRead("readAll", StreamReader::readAll));
    List<List<String>> arrivals =
        List.of(
            List.of("x".repeat(15) + "yyyyy\nnext\n"),
            List.of("x".repeat(15), "yyyyy\nnext\n"),
            List.of("x".repeat(15), "yyyyy", "y".repeat(40), "\n", "next\n"),
            List.of("x".repeat(15), "\nnext\n"));
    for (NextRead each : reads) {
      for (List<String> parts : arrivals) {
        for (boolean readFirst : List.of(true, false)) {
          withPair(
              ConnectOptions.DEFAULT.withLimit(10),
              pair -> {
                String what = each.name + " of " + parts + (readFirst ? ", waiting" : "");
                pair.send(parts.get(0));
                assertThrows(
                    LimitOverrunException.class, () -> await(pair.reader().readLine()), what);
                Task<?> waiting =
                    readFirst ? loop.createTask(each.read.apply(pair.reader())) : null;
                settle();
                for (String part : parts.subList(1, parts.size())) {
                  assertFalse(waiting != null && waiting.isDone(), what);
                  pair.send(part);
                  settle();
                }
                pair.peer().shutdownOutput();
                Task<?> next =
                    waiting != null ? waiting : loop.createTask(each.read.apply(pair.reader()));
                Object got = await(next);
                if (got instanceof Integer count) {
                  ByteBuffer filled = each.name.endsWith("direct") ? direct : heap;
                  byte[] bytes = new byte[count];
                  filled.flip().get(bytes);
                  got = bytes;
                }
                String text = got instanceof byte[] bytes ? text(bytes) : got + "\n";
                assertEquals("next\n", text, what);
                assertEquals(0, await(pair.reader().read(1)).length, what);
              });
        }
      }
    }
  }

  @Test
  void NET_12_behindALineOverTheLimitThatTheStreamEndsInIsNothing() {
    for (boolean more : List.of(true, false)) {
      withPair(
          ConnectOptions.DEFAULT.withLimit(10),
          pair -> {
            pair.send("x".repeat(15));
            assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
            if (more) {
              pair.send("rest");
            }
            pair.peer().shutdownOutput();
            settle();
            assertTrue(pair.reader().atEof());
            assertEquals(0, await(pair.reader().read(100)).length);
            assertEquals(-1, await(pair.reader().readInto(ByteBuffer.allocate(1))));
            IncompleteReadException e =
                assertThrows(
                    IncompleteReadException.class, () -> await(pair.reader().readExactly(1)));
            assertEquals(0, e.partial().length);
            assertNull(await(pair.reader().readLine()));
          });
    }
  }

  @Test
  void NET_12_thePeerHasToWaitWithTheRestOfALongLineThatNobodyReads() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(10),
        pair -> {
          pair.send("x".repeat(15));
          assertThrows(LimitOverrunException.class, () -> await(pair.reader().readLine()));
          Promise<Void> sending =
              peer(
                  () -> {
                    pair.send(new byte[32 << 20]);
                    pair.send("\nnext\n");
                    return null;
                  });
          await(sleep(ms(300)));
          assertFalse(sending.isDone());
          assertEquals("next", await(pair.reader().readLine()));
          await(sending);
        });
  }

  @Test
  void NET_13_separatorsAreFoundOverSegmentsAndFalseStarts() {
    withPair(
        pair -> {
          Task<byte[]> reading = loop.createTask(pair.reader().readUntil(bytes("aaa")));
          for (String part : List.of("xaa", "baa", "a", "rest")) {
            pair.send(part);
            settle();
          }
          assertEquals("xaabaaa", text(await(reading)));
          assertEquals("rest", text(await(pair.reader().readExactly(4))));
          pair.send("one;two,three\r\n");
          assertEquals("one;", text(await(pair.reader().readUntil(bytes(","), bytes(";")))));
          assertEquals(
              "two,three\r\n", text(await(pair.reader().readUntil(bytes("\r\n"), bytes("\n\n")))));
        });
  }

  @Test
  void NET_13_ofRandomSeparatorsTheOneThatEndsFirstIsFound() {
    Random random = new Random(13);
    withPair(
        pair -> {
          for (int round = 0; round < 300; round++) {
            String[] separators = new String[1 + random.nextInt(3)];
            Arrays.setAll(separators, i -> randomText(random, 1 + random.nextInt(3)));
            String data = randomText(random, random.nextInt(20));
            int end = firstEnd(data, separators);
            if (end < 0) {
              data += separators[0];
              end = firstEnd(data, separators);
            }
            pair.send(data);
            byte[][] given = Arrays.stream(separators).map(NetTests::bytes).toArray(byte[][]::new);
            String what = data + " by " + List.of(separators);
            assertEquals(data.substring(0, end), text(await(pair.reader().readUntil(given))), what);
            await(pair.reader().readExactly(data.length() - end));
          }
        });
  }

  private static String randomText(Random random, int length) {
    return random
        .ints(length, 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The simplest search there is. */
  private static int firstEnd(String data, String[] separators) {
    return IntStream.rangeClosed(0, data.length())
        .filter(end -> Arrays.stream(separators).anyMatch(data.substring(0, end)::endsWith))
        .findFirst()
        .orElse(-1);
  }

  @Test
  void NET_14_readUntilAtTheEndTellsWhatWasThere() {
    withPair(
        pair -> {
          pair.send("no separator");
          pair.peer().shutdownOutput();
          IncompleteReadException e =
              assertThrows(
                  IncompleteReadException.class, () -> await(pair.reader().readUntil(bytes(";"))));
          assertEquals("no separator", text(e.partial()));
          assertEquals(OptionalInt.empty(), e.expected());
          assertTrue(pair.reader().atEof());
        });
  }

  @Test
  void NET_15_readUntilNeedsASeparatorOfOneByteAtLeast() {
    withPair(
        pair -> {
          pair.send("abc");
          assertThrows(IllegalArgumentException.class, () -> pair.reader().readUntil());
          assertThrows(IllegalArgumentException.class, () -> pair.reader().readUntil(bytes("")));
          assertThrows(
              IllegalArgumentException.class, () -> pair.reader().readUntil(bytes(";"), bytes("")));
          assertEquals("abc", text(await(pair.reader().read(9))));
        });
  }

  @Test
  void NET_16_aLoopGivesEveryLineAndLeavingItLeavesTheRest() {
    withPair(
        pair -> {
          pair.send("one\ntwo\nthree\nfour");
          pair.peer().shutdownOutput();
          List<String> lines = new ArrayList<>();
          var iterator = pair.reader().lines().asyncIterator();
          while (lines.size() < 2 && await(iterator.moveNext())) {
            lines.add(iterator.current());
          }
          assertEquals("th", text(await(pair.reader().read(2))));
          each(pair.reader().lines(), lines::add);
          assertEquals(List.of("one", "two", "ree", "four"), lines);
        });
  }

  @Test
  void NET_16_whatALineFailsWithComesUnchecked() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(2),
        pair -> {
          pair.send("12345\n");
          UncheckedIOException e =
              assertThrows(
                  UncheckedIOException.class, () -> each(pair.reader().lines(), line -> {}));
          assertInstanceOf(LimitOverrunException.class, e.getCause());
        });
  }

  @Test
  void NET_17_atEofIsTrueOnlyWhenAllWasRead() {
    withPair(
        pair -> {
          assertFalse(pair.reader().atEof());
          pair.send("ab");
          pair.peer().shutdownOutput();
          settle();
          assertFalse(pair.reader().atEof());
          await(pair.reader().readExactly(2));
          settle();
          assertTrue(pair.reader().atEof());
        });
  }

  @Test
  void NET_17_theEndIsSeenAlsoBehindWhatWasReadAhead() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(3),
        pair -> {
          pair.send("1234567");
          pair.peer().shutdownOutput();
          settle();
          assertEquals(7, pair.reader().buffered());
          assertEquals("1234567", text(await(pair.reader().read(7))));
          settle();
          assertTrue(pair.reader().atEof());
        });
  }

  @Test
  void NET_18_dataBeforeAResetAreGivenFirstAndThenTheFailureEachTime() {
    withPair(
        pair -> {
          pair.send("last words");
          settle();
          pair.reset();
          settle();
          assertEquals("last", text(await(pair.reader().read(4))));
          assertEquals(" words", text(await(pair.reader().read(100))));
          for (int i = 0; i < 2; i++) {
            ConnectionLostException e =
                assertThrows(ConnectionLostException.class, () -> await(pair.reader().read(100)));
            assertInstanceOf(IOException.class, e.getCause());
          }
        });
  }

  @Test
  void NET_18_aResetWakesTheReaderThatWaits() {
    withPair(
        pair -> {
          Task<byte[]> reading = loop.createTask(pair.reader().read(100));
          settle();
          int port = localPort(pair.peer());
          pair.reset();
          ConnectionLostException e =
              assertThrows(ConnectionLostException.class, () -> await(reading));
          assertTrue(e.getMessage().contains("127.0.0.1:" + port), e.getMessage());
        });
  }

  @Test
  void NET_18_aResetThatAWriteMeetsFirstIsNotTakenForTheEnd() {
    withPair(
        pair -> {
          pair.send("last words");
          settle();
          pair.reset();
          pair.writer().write("x");
          assertThrows(ConnectionLostException.class, () -> await(pair.writer().drain()));
          assertEquals("last words", text(await(pair.reader().read(100))));
          assertThrows(ConnectionLostException.class, () -> await(pair.reader().read(100)));
        });
  }

  @Test
  void NET_18_theEndOfAPeerThatIsWrittenToStaysTheEnd() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(3),
        pair -> {
          pair.send("a whole answer");
          settle();
          pair.peer().close();
          assertThrows(
              ConnectionLostException.class,
              () -> {
                for (int i = 0; i < 100; i++) {
                  pair.writer().write("x");
                  await(pair.writer().drain());
                }
              });
          assertEquals("a whole answer", text(await(pair.reader().readAll())));
        });
  }

  @Test
  void NET_19_aSecondReaderIsRefusedAndTheFirstIsNotDisturbed() {
    withPair(
        pair -> {
          Task<String> first =
              loop.createTask(
                  Co.coro("first", () -> await(pair.reader().readLine())), "the first reader");
          settle();
          IllegalStateException e =
              assertThrows(IllegalStateException.class, () -> await(pair.reader().read(1)));
          assertTrue(e.getMessage().contains("the first reader"), e.getMessage());
          assertTrue(e.getMessage().contains("StreamReaderTest.java"), e.getMessage());
          pair.send("hello\n");
          assertEquals("hello", await(first));
          pair.send("x");
          assertEquals("x", text(await(pair.reader().read(1))));
        });
  }

  /** Each way of reading, and what it gives of "0123456789\n" once all is there. */
  private static final List<Function<StreamReader, Coro<?>>> READS =
      List.of(
          reader -> reader.read(100),
          StreamReader::readAll,
          reader -> reader.readExactly(11),
          reader -> reader.readUntil(bytes("\n")),
          StreamReader::readLine,
          reader -> reader.readInto(ByteBuffer.allocate(100)),
          reader -> reader.readInto(ByteBuffer.allocateDirect(100)));

  @Test
  void NET_20_aCancelledReadLosesNothingWhereverItWaits() {
    for (Function<StreamReader, Coro<?>> read : READS) {
      withPair(
          pair -> {
            Task<?> reading = loop.createTask(read.apply(pair.reader()));
            settle();
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            pair.send("0123456789\n");
            assertEquals("0123456789\n", text(await(pair.reader().readExactly(11))));
          });
    }
  }

  @Test
  void NET_20_aReadThatIsCancelledWithAPartOfItsDataLosesNothing() {
    for (Function<StreamReader, Coro<?>> read : READS.subList(1, 5)) {
      withPair(
          pair -> {
            Task<?> reading = loop.createTask(read.apply(pair.reader()));
            pair.send("01234");
            settle();
            assertFalse(reading.isDone());
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            pair.send("56789\n");
            assertEquals("0123456789\n", text(await(pair.reader().readExactly(11))));
          });
    }
  }

  @Test
  void NET_20_aReadThatIsCancelledInThePassInWhichItsDataComeLosesNothing() {
    for (Function<StreamReader, Coro<?>> read : READS) {
      withPair(
          pair -> {
            Task<?> reading = loop.createTask(read.apply(pair.reader()));
            settle();
            pair.send("0123456789\n");
            pair.peer().shutdownOutput();
            // Whoever is woken by the same look at the channels runs before the reader or after it.
            Input input = pair.reader().input();
            while (!input.isReadable()) {
              input.ready(); // as the selector does
            }
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            assertEquals("0123456789\n", text(await(pair.reader().readAll())));
          });
    }
  }

  /** What a read gives, as text; of one into a buffer, what is there. */
  private static String given(Object result, ByteBuffer buffer) {
    if (result instanceof byte[] bytes) {
      return text(bytes);
    }
    return result instanceof Integer
        ? StandardCharsets.UTF_8.decode(buffer.flip()).toString()
        : result + "\n";
  }

  @Test
  void NET_20_whateverReadsAfterACancelledReadGetsAllOnce() {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    List<Function<StreamReader, Coro<?>>> next = new ArrayList<>(READS.subList(0, 5));
    next.add(reader -> reader.readInto(buffer));
    for (Function<StreamReader, Coro<?>> cancelled : READS.subList(1, 5)) {
      for (Function<StreamReader, Coro<?>> read : next) {
        withPair(
            pair -> {
              for (String part : List.of("01", "234")) {
                Task<?> reading = loop.createTask(cancelled.apply(pair.reader()));
                pair.send(part);
                while (pair.reader().buffered() < (part.equals("01") ? 2 : 5)) {
                  await(sleep(ms(1)));
                }
                reading.cancel();
                assertThrows(CancelledError.class, () -> await(reading));
              }
              pair.send("56789\n");
              pair.peer().shutdownOutput();
              while (!pair.reader().input().isAtEnd()) {
                await(sleep(ms(1)));
              }
              buffer.clear();
              assertEquals("0123456789\n", given(await(read.apply(pair.reader())), buffer));
              assertEquals(0, await(pair.reader().readAll()).length);
            });
      }
    }
  }

  @Test
  void NET_20_aLineIsFoundWhereverACancelledReadHasLookedForIt() {
    for (int taken : new int[] {2, 3}) {
      withPair(
          pair -> {
            Task<String> reading = loop.createTask(pair.reader().readLine());
            pair.send("abc");
            while (pair.reader().buffered() < 3) {
              await(sleep(ms(1)));
            }
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            assertEquals("abc".substring(0, taken), text(await(pair.reader().read(taken))));
            pair.send("\nx\n");
            assertEquals("abc".substring(taken), await(pair.reader().readLine()));
            assertEquals("x", await(pair.reader().readLine()));
          });
    }
  }

  @Test
  void NET_20_aReadThatRunsOutOfTimeLosesNothing() {
    withPair(
        pair -> {
          pair.send("half");
          assertThrows(
              AsyncTimeoutException.class,
              () -> await(waitFor(pair.reader().readLine(), Duration.ofMillis(30))));
          pair.send(" whole\n");
          assertEquals("half whole", await(pair.reader().readLine()));
        });
  }

  @Test
  void NET_21_readIntoGivesCountsAndMinusOneAtTheEndAndZeroForNoRoom() {
    for (ByteBuffer buffer : List.of(ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8))) {
      withPair(
          pair -> {
            buffer.clear().position(2).limit(6);
            pair.send("abcdef");
            assertEquals(4, await(pair.reader().readInto(buffer)));
            assertEquals(6, buffer.position());
            assertEquals(0, await(pair.reader().readInto(buffer)));
            buffer.position(2);
            byte[] got = new byte[4];
            buffer.get(got);
            assertArrayEquals(bytes("abcd"), got);
            buffer.clear();
            assertEquals(2, await(pair.reader().readInto(buffer)));
            pair.peer().shutdownOutput();
            assertEquals(-1, await(pair.reader().readInto(buffer)));
            assertEquals(0, await(pair.reader().readInto(ByteBuffer.allocate(0))));
            assertEquals(-1, await(pair.reader().readInto(buffer)));
            assertThrows(
                IllegalArgumentException.class,
                () -> pair.reader().readInto(buffer.asReadOnlyBuffer()));
          });
    }
  }

  @Test
  void NET_50_aReaderThatNobodyReadsStopsTheSender() {
    withPair(
        ConnectOptions.DEFAULT.withLimit(1000),
        pair -> {
          pair.peer().sendBufferSize(8 * 1024);
          long[] sent = {0};
          var peer =
              peer(
                  () -> {
                    byte[] block = new byte[16 * 1024];
                    while (sent[0] < 200_000_000) {
                      pair.send(block);
                      sent[0] += block.length;
                    }
                    return sent[0];
                  });
          await(sleep(ms(300)));
          assertTrue(pair.reader().buffered() <= 2001, "ahead: " + pair.reader().buffered());
          long stalled = sent[0];
          await(sleep(ms(200)));
          assertEquals(stalled, sent[0], "the sender goes on");
          int got = 0;
          while (got < 50_000_000) {
            got += await(pair.reader().read(1 << 20)).length;
          }
          assertTrue(sent[0] > stalled);
          pair.peer().close();
          assertThrows(IOException.class, () -> result(peer));
        });
  }

  @Test
  void NET_50_aReaderAsksNoMoreAboveTwiceItsLimitAndAgainBelowIt() {
    run(
        () -> {
          FakeNetwork fake = new FakeNetwork();
          FakeTransport system = fake.at("10.0.0.1");
          system.stands = true;
          system.incoming = 1000;
          Network.CURRENT.set(fake);
          Connection connection =
              await(Net.openConnection("10.0.0.1", 80, ConnectOptions.DEFAULT.withLimit(10)));
          StreamReader reader = connection.reader();
          system.tellReadable();
          assertTrue(system.wantsToRead());
          system.tellReadable();
          assertFalse(system.wantsToRead());
          assertEquals(21, reader.buffered());
          await(reader.read(10));
          assertFalse(system.wantsToRead());
          await(reader.readInto(ByteBuffer.allocate(1)));
          assertTrue(system.wantsToRead(), "there are no more than the limit");
          system.tellReadable();
          system.tellReadable();
          assertEquals(21, reader.buffered());
          assertFalse(system.wantsToRead());
          reader.setLimit(21);
          assertTrue(system.wantsToRead());
          connection.abort();
        });
  }

  @Test
  void aResetIsSeenAheadOfTimeByAHandlerThatDoesNotRead() {
    withPair(
        pair -> {
          pair.reset();
          settle();
          assertTrue(pair.writer().isClosing());
          assertThrows(ConnectionLostException.class, () -> await(pair.writer().drain()));
        });
  }
}
