package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Task;
import io.fermata.internal.net.Network;
import io.fermata.net.FakeNetwork.FakeTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link StreamWriter} and the end of connections, with plain sockets as peers. */
class StreamWriterTest extends NetTests {
  private static final ConnectOptions SMALL_BUFFERS =
      ConnectOptions.DEFAULT.withSocketOption(StandardSocketOptions.SO_SNDBUF, 8 * 1024);

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
  void NET_22_whatIsWrittenIsCopiedAndSentInOrder() {
    withPair(
        pair -> {
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          for (int size : new int[] {1, 100, 70_000, 3, 2_000_000, 5, 64 * 1024}) {
            byte[] array = pattern(size);
            expected.write(array);
            pair.writer().write(array);
            Arrays.fill(array, (byte) 0);
            ByteBuffer direct = ByteBuffer.allocateDirect(size).put(pattern(size)).flip();
            expected.write(pattern(size));
            pair.writer().write(direct);
            assertFalse(direct.hasRemaining());
            direct.clear().put(new byte[size]);
            pair.writer().write("grün");
            expected.write(bytes("grün"));
            pair.writer().write(pattern(10), 2, 3);
            expected.write(pattern(10), 2, 3);
          }
          var peer = peer(() -> readAll(pair.peer()));
          await(pair.writer().drain());
          pair.ours().close();
          await(pair.ours().whenClosed());
          assertBytes(expected.toByteArray(), result(peer));
        });
  }

  @Test
  void NET_22_aHundredThousandSmallWritesToASlowPeerArriveInOrder() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          for (int i = 0; i < 100_000; i++) {
            pair.writer().write(String.format("%07d\n", i));
            if (i == 50_000) {
              settle();
            }
          }
          var peer = peer(() -> text(readAll(pair.peer())));
          pair.writer().close();
          await(pair.writer().whenClosed());
          String[] lines = result(peer).lines().toArray(String[]::new);
          assertEquals(100_000, lines.length);
          for (int i = 0; i < lines.length; i++) {
            assertEquals(i, Integer.parseInt(lines[i]));
          }
        });
  }

  @Test
  void NET_23_nothingIsWrittenOfNothingAndNullIsRefused() {
    withPair(
        pair -> {
          pair.writer().write(new byte[0]);
          pair.writer().write("");
          pair.writer().write(ByteBuffer.allocate(0));
          assertEquals(0, pair.writer().buffered());
          await(pair.writer().send(ByteBuffer.allocate(0)));
          pair.writer().write("a");
          pair.writer().write("");
          await(pair.writer().drain());
          assertEquals("a", read(pair.peer(), 1));
          assertThrows(NullPointerException.class, () -> pair.writer().write((byte[]) null));
          assertThrows(NullPointerException.class, () -> pair.writer().write((ByteBuffer) null));
          assertThrows(NullPointerException.class, () -> pair.writer().write((String) null));
          assertThrows(
              IndexOutOfBoundsException.class, () -> pair.writer().write(new byte[3], 2, 2));
        });
  }

  @Test
  void NET_24_whatIsWrittenInAStepIsSentWhenThePassEndsWithoutADrain() {
    withPair(
        pair -> {
          pair.writer().write("head");
          pair.writer().write("body");
          assertEquals(8, pair.writer().buffered());
          await(sleep(Duration.ZERO));
          assertEquals(0, pair.writer().buffered());
          assertEquals("headbody", read(pair.peer(), 8));
        });
  }

  @Test
  void NET_25_sixtyFourMebibytesArriveWholeAtAPeerThatReadsSlowly() {
    withPair(
        ConnectOptions.DEFAULT,
        pair -> {
          byte[] sent = pattern(64 << 20);
          pair.writer().write(sent);
          assertTrue(pair.writer().buffered() > 0);
          var peer =
              peer(
                  () -> {
                    network.pause(ms(50)); // the subject: a peer that is late
                    return readAll(pair.peer());
                  });
          await(pair.writer().drain());
          pair.writer().writeEof();
          assertBytes(sent, result(peer));
          assertEquals(0, pair.writer().buffered());
        });
  }

  private interface FakeBody {
    void run(StreamWriter writer, FakeTransport system) throws Throwable;
  }

  /** On a connection whose system takes what the test says. */
  private void withFake(FakeBody body) {
    run(
        () -> {
          FakeNetwork fake = new FakeNetwork();
          FakeTransport system = fake.at("10.0.0.1");
          system.stands = true;
          Network.CURRENT.set(fake);
          Connection connection = await(Net.openConnection("10.0.0.1", 80));
          body.run(connection.writer(), system);
          connection.abort();
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void NET_25_interestInWritingIsSetOnlyWhileSomethingIsLeftOverAndArraysGoInSlices() {
    withFake(
        (writer, system) -> {
          writer.write("little");
          await(writer.drain());
          assertEquals(0, system.timesWritable);
          system.room = 300_000;
          writer.write(new byte[1_000_000]);
          Task<Void> draining = loop.createTask(writer.drain());
          settle();
          assertFalse(draining.isDone());
          assertTrue(system.wantsToWrite());
          assertEquals(700_000, writer.buffered());
          system.makeRoom(200_000);
          assertTrue(system.wantsToWrite());
          system.makeRoom(500_000);
          assertFalse(system.wantsToWrite());
          await(draining);
          Task<Void> sending = loop.createTask(writer.send(ByteBuffer.wrap(new byte[1_000_000])));
          settle();
          assertTrue(system.wantsToWrite());
          system.makeRoom(1_000_000);
          await(sending);
          assertFalse(system.wantsToWrite());
          assertEquals(2, system.timesWritable);
          assertEquals(128 * 1024, system.offered.stream().mapToInt(n -> n).max().orElseThrow());
        });
  }

  @Test
  void NET_26_sendEndsWhenAllIsHandedOverAndComesBehindWhatWasWritten() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          byte[] large = pattern(5_000_000);
          for (ByteBuffer buffer :
              List.of(
                  ByteBuffer.wrap(large),
                  ByteBuffer.allocateDirect(large.length).put(large).flip())) {
            pair.writer().write("before");
            Task<Void> sending = loop.createTask(pair.writer().send(buffer));
            settle();
            assertFalse(sending.isDone());
            pair.writer().write("behind");
            var peer = peer(() -> readBytes(pair.peer(), large.length + 12));
            await(sending);
            assertFalse(buffer.hasRemaining());
            byte[] got = result(peer);
            assertEquals("before", new String(got, 0, 6, StandardCharsets.UTF_8));
            assertEquals("behind", new String(got, got.length - 6, 6, StandardCharsets.UTF_8));
            assertBytes(large, Arrays.copyOfRange(got, 6, got.length - 6));
          }
        });
  }

  @Test
  void NET_26_aSendThatIsCancelledTellsByItsPositionWhatHasGone() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          byte[] large = pattern(4_000_000);
          ByteBuffer buffer = ByteBuffer.wrap(large);
          Task<Void> sending = loop.createTask(pair.writer().send(buffer));
          settle();
          sending.cancel();
          assertThrows(CancelledError.class, () -> await(sending));
          int gone = buffer.position();
          assertTrue(gone > 0 && gone < large.length, "gone: " + gone);
          var peer = peer(() -> readAll(pair.peer()));
          pair.writer().write("end");
          pair.writer().close();
          await(pair.writer().whenClosed());
          byte[] got = result(peer);
          assertEquals(gone + 3, got.length);
          assertBytes(Arrays.copyOf(large, gone), Arrays.copyOf(got, gone));
        });
  }

  @Test
  void NET_27_drainWaitsAboveTheHighMarkUntilTheLowOneAndElseNotAtAll() {
    withPair(
        SMALL_BUFFERS.withMarks(100_000, 20_000),
        pair -> {
          boolean[] passed = {false};
          loop.callSoon(() -> passed[0] = true);
          for (int i = 0; i < 100; i++) {
            pair.writer().write("a");
            await(pair.writer().drain());
          }
          assertFalse(passed[0], "drain gave way below the mark");
          assertEquals("a".repeat(100), read(pair.peer(), 100));
          pair.writer().write(new byte[4_000_000]);
          Task<Void> draining = loop.createTask(pair.writer().drain());
          settle();
          assertFalse(draining.isDone());
          assertTrue(pair.writer().buffered() > 100_000);
          var peer = peer(() -> readBytes(pair.peer(), 4_000_000).length);
          await(draining);
          assertTrue(pair.writer().buffered() <= 20_000);
          assertEquals(4_000_000, result(peer));
          assertThrows(IllegalArgumentException.class, () -> pair.writer().setMarks(1, 2));
        });
  }

  @Test
  void NET_27_theMarksAre64KibibytesAndAQuarterOfThemUnlessOptionsSayElse() {
    withFake(
        (writer, system) -> {
          system.room = 0;
          writer.write(new byte[64 * 1024]);
          Task<Void> atTheMark = loop.createTask(writer.drain());
          settle();
          assertTrue(atTheMark.isDone());
          writer.write(new byte[1]);
          Task<Void> aboveIt = loop.createTask(writer.drain());
          settle();
          assertFalse(aboveIt.isDone());
          system.makeRoom(48 * 1024);
          settle();
          assertFalse(aboveIt.isDone(), "one byte above the low mark");
          system.makeRoom(1);
          await(aboveIt);
          assertEquals(16 * 1024, writer.buffered());
        });
  }

  @Test
  void NET_28_aLoopOfWriteAndDrainEndsWhenThePeerHasClosed() {
    withPair(
        pair -> {
          pair.peer().close();
          int[] rounds = {0};
          assertThrows(
              ConnectionLostException.class,
              () -> {
                while (rounds[0] < 1000) {
                  rounds[0]++;
                  pair.writer().write("x");
                  await(pair.writer().drain());
                }
              });
          assertTrue(rounds[0] > 1, "rounds: " + rounds[0]);
        });
  }

  @Test
  void NET_29_afterALossWriteKeepsNothingAndEachDrainThrows() {
    withPair(
        pair -> {
          pair.reset();
          settle();
          for (int i = 0; i < 1000; i++) {
            pair.writer().write(new byte[1000]);
          }
          assertEquals(0, pair.writer().buffered());
          for (int i = 0; i < 3; i++) {
            assertThrows(ConnectionLostException.class, () -> await(pair.writer().drain()));
          }
          assertThrows(
              ConnectionLostException.class,
              () -> await(pair.writer().send(ByteBuffer.wrap(bytes("x")))));
        });
  }

  @Test
  void NET_30_whatIsWrittenAfterCloseIsToldByTheNextDrain() {
    withPair(
        pair -> {
          pair.writer().write("before");
          pair.writer().close();
          pair.writer().write("behind");
          assertThrows(ConnectionClosedException.class, () -> await(pair.writer().drain()));
          assertEquals("before", text(readAll(pair.peer())));
          assertThrows(ConnectionClosedException.class, () -> await(pair.writer().whenClosed()));
        });
    withPair(
        pair -> {
          pair.writer().writeEof();
          assertThrows(IllegalStateException.class, () -> pair.writer().write("x"));
        });
  }

  @Test
  void NET_31_closeReturnsAtOnceAndThePeerGetsAllAndThenTheEnd() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          byte[] large = pattern(5 << 20);
          pair.writer().write(large);
          pair.writer().close();
          assertTrue(pair.writer().isClosing());
          assertTrue(pair.writer().buffered() > 1 << 20);
          Task<Void> closed = loop.createTask(pair.writer().whenClosed());
          settle();
          assertFalse(closed.isDone());
          var peer = peer(() -> readAll(pair.peer()));
          await(closed);
          assertBytes(large, result(peer));
        });
  }

  @Test
  void NET_32_whenClosedEndsAfterALoss() {
    withPair(
        pair -> {
          Task<Void> closed = loop.createTask(pair.writer().whenClosed());
          settle();
          pair.reset();
          await(waitFor(closed, Duration.ofSeconds(10)));
          await(pair.writer().whenClosed());
        });
    withPair(
        SMALL_BUFFERS,
        pair -> {
          pair.writer().write(new byte[4_000_000]);
          Task<Void> closed = loop.createTask(pair.writer().whenClosed());
          settle();
          pair.reset();
          assertThrows(
              ConnectionLostException.class, () -> await(waitFor(closed, Duration.ofSeconds(10))));
        });
  }

  @Test
  void NET_33_anAnswerReachesAPeerThatIsStillSending() {
    for (int i = 0; i < 5; i++) {
      withPair(
          pair -> {
            var peer =
                peer(
                    () -> {
                      pair.send("request");
                      byte[] more = new byte[200_000];
                      try {
                        for (int j = 0; j < 20; j++) {
                          pair.send(more);
                        }
                      } catch (IOException e) {
                        // it was not wanted
                      }
                      return text(readAll(pair.peer()));
                    });
            assertEquals("request", text(await(pair.reader().readExactly(7))));
            pair.writer().write("answer".repeat(1000));
            pair.writer().close();
            assertEquals("answer".repeat(1000), result(peer));
            pair.peer().close();
            await(pair.writer().whenClosed());
          });
    }
  }

  @Test
  void NET_33_whatTheSystemHasNotSentYetReachesAPeerWhoseInputWasNotRead() {
    withPair(
        pair -> {
          byte[] answer = pattern(1_000_000);
          var peer =
              peer(
                  () -> {
                    pair.send("request");
                    pair.send(new byte[300_000]);
                    network.pause(ms(200)); // so that most of the answer waits in the system
                    return readAll(pair.peer());
                  });
          assertEquals("request", text(await(pair.reader().readExactly(7))));
          settle();
          pair.writer().write(answer);
          pair.writer().close();
          assertBytes(answer, result(peer));
        });
  }

  @Test
  void NET_33_aPeerThatNeverStopsSendingDoesNotKeepTheConnection() {
    withPair(
        pair -> {
          var peer =
              peer(
                  () -> {
                    try {
                      while (true) {
                        pair.send("more");
                        network.pause(ms(20));
                      }
                    } catch (IOException e) {
                      return "ended";
                    }
                  });
          assertEquals("more", text(await(pair.reader().readExactly(4))));
          settle();
          pair.writer().write("answer");
          pair.writer().close();
          await(waitFor(pair.writer().whenClosed(), Duration.ofSeconds(10)));
          assertEquals("ended", result(peer));
        });
  }

  @Test
  void NET_34_closeEndsTheReadThatWaits() {
    withPair(
        pair -> {
          Task<byte[]> reading = loop.createTask(pair.reader().read(10));
          settle();
          pair.writer().close();
          assertThrows(ConnectionClosedException.class, () -> await(reading));
        });
  }

  @Test
  void NET_34_closeEndsTheReadThatWaitsAlsoWhileThePeerTakesNothing() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          pair.writer().write(new byte[4_000_000]);
          Task<byte[]> reading = loop.createTask(pair.reader().read(10));
          settle();
          pair.writer().close();
          assertThrows(ConnectionClosedException.class, () -> await(reading));
          assertTrue(pair.writer().buffered() > 0, "it is not closed yet");
        });
  }

  @Test
  void NET_35_whoClosedIsToldByTheType() {
    withPair(
        pair -> {
          pair.send("rest");
          settle();
          pair.writer().close();
          assertEquals("rest", text(await(pair.reader().read(10))));
          assertThrows(ConnectionClosedException.class, () -> await(pair.reader().read(10)));
          assertThrows(
              ConnectionClosedException.class,
              () -> await(pair.writer().send(ByteBuffer.wrap(bytes("x")))));
        });
    withPair(
        pair -> {
          pair.peer().close();
          assertEquals(0, await(pair.reader().read(10)).length);
        });
    withPair(
        pair -> {
          pair.reset();
          assertThrows(ConnectionLostException.class, () -> await(pair.reader().read(10)));
        });
  }

  @Test
  void NET_36_abortDropsWhatIsBufferedWakesAllAndResets() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          pair.writer().write(new byte[4_000_000]);
          Task<Void> draining = loop.createTask(pair.writer().drain());
          Task<byte[]> reading = loop.createTask(pair.reader().read(10));
          settle();
          pair.writer().abort();
          assertEquals(0, pair.writer().buffered());
          assertThrows(ConnectionClosedException.class, () -> await(draining));
          assertThrows(ConnectionClosedException.class, () -> await(reading));
          await(pair.writer().whenClosed());
          assertThrows(SocketException.class, () -> readAll(pair.peer()));
        });
  }

  @Test
  void NET_37_writeEofEndsOneDirectionAndTheAnswerIsReadWhole() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          assertTrue(pair.writer().canWriteEof());
          byte[] question = pattern(1_000_000);
          var peer =
              peer(
                  () -> {
                    byte[] got = readAll(pair.peer());
                    pair.send("answer");
                    pair.peer().shutdownOutput();
                    return got;
                  });
          pair.writer().write(question);
          pair.writer().writeEof();
          pair.writer().writeEof();
          assertEquals("answer", text(await(pair.reader().readAll())));
          assertBytes(question, result(peer));
          await(pair.writer().drain());
        });
  }

  @Test
  void NET_38_thePeersEndLeavesTheConnectionOpenForWriting() {
    withPair(
        pair -> {
          pair.send("all");
          pair.peer().shutdownOutput();
          assertEquals("all", text(await(pair.reader().readAll())));
          settle();
          assertFalse(pair.writer().isClosing());
          pair.writer().write("answer");
          await(pair.writer().drain());
          assertEquals("answer", read(pair.peer(), 6));
        });
  }

  @Test
  void NET_39_aBlockLeftNormallyFlushesAndClosesAndWaits() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          byte[] large = pattern(5_000_000);
          var peer = peer(() -> readAll(pair.peer()));
          with(pair.ours(), () -> pair.writer().write(large));
          assertEquals(0, pair.writer().buffered());
          assertBytes(large, result(peer));
        });
  }

  @Test
  void NET_39_aBlockLeftByACancellationAbortsWithoutWaitingForThePeer() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          Task<Void> task =
              taskVoid(
                  () ->
                      with(
                          pair.ours(),
                          () -> {
                            pair.writer().write(new byte[4_000_000]);
                            await(sleep(Duration.ofHours(1)));
                          }));
          settle();
          task.cancel();
          assertThrows(CancelledError.class, () -> await(task));
          assertThrows(SocketException.class, () -> readAll(pair.peer()));
        });
  }

  @Test
  void NET_39_aBlockLeftByAFailureGivesTheFlushABoundedTime() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          IllegalStateException failure = new IllegalStateException("body");
          long start = loop.time();
          IllegalStateException thrown =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      with(
                          pair.ours(),
                          () -> {
                            pair.writer().write(new byte[4_000_000]);
                            throw failure;
                          }));
          assertSame(failure, thrown);
          assertInstanceOf(ConnectionLostException.class, thrown.getSuppressed()[0]);
          assertTrue(loop.time() - start < Duration.ofSeconds(10).toNanos());
        });
  }

  @Test
  void NET_39_aBlockWhoseLastWordsCantBeSentThrows() {
    withPair(
        SMALL_BUFFERS,
        pair ->
            assertThrows(
                IOException.class,
                () ->
                    with(
                        pair.ours(),
                        () -> {
                          pair.writer().write(new byte[4_000_000]);
                          settle();
                          pair.reset();
                        })));
  }

  @Test
  void aCancellationWhileTheBlockIsBeingLeftAborts() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          Task<Void> task =
              taskVoid(() -> with(pair.ours(), () -> pair.writer().write(new byte[4_000_000])));
          settle();
          assertFalse(task.isDone());
          task.cancel();
          assertThrows(CancelledError.class, () -> await(task));
          assertThrows(SocketException.class, () -> readAll(pair.peer()));
        });
  }

  @Test
  void twoTasksMayDrainAtTheSameTimeAndOneOfThemBeCancelled() {
    withPair(
        SMALL_BUFFERS,
        pair -> {
          pair.writer().write(new byte[5_000_000]);
          Task<Void> first = loop.createTask(pair.writer().drain());
          Task<Void> second = loop.createTask(pair.writer().drain());
          settle();
          first.cancel();
          assertThrows(CancelledError.class, () -> await(first));
          assertThrows(
              AsyncTimeoutException.class, () -> await(waitFor(pair.writer().drain(), ms(20))));
          var peer = peer(() -> readBytes(pair.peer(), 5_000_000).length);
          await(second);
          assertEquals(5_000_000, result(peer));
        });
  }
}
