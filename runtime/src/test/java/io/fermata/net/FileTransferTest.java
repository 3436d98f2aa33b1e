package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Promise;
import io.fermata.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link StreamWriter#transferFrom}, with plain sockets as peers. */
class FileTransferTest extends NetTests {
  /** More than the system's buffers hold. */
  private static final int LARGE = 20_000_000;

  @TempDir Path folder;

  private interface Body {
    void run(Pair pair, FileChannel file) throws Throwable;
  }

  /** With a connection, and a file of so many bytes. */
  private void withFile(int size, Body body) {
    run(
        () -> {
          try (Pair pair = pair();
              FileChannel file = file(size)) {
            body.run(pair, file);
          }
        });
    assertEquals(List.of(), reports);
  }

  private FileChannel file(int size) throws IOException {
    return FileChannel.open(Files.write(folder.resolve("file" + size), pattern(size)));
  }

  private Task<Long> transferring(Pair pair, FileChannel file, long offset, long count) {
    return loop.createTask(pair.writer().transferFrom(file, offset, count));
  }

  private static byte[] part(int size, int offset, int count) {
    return Arrays.copyOfRange(pattern(size), offset, offset + count);
  }

  @Test
  void NET_59_aPartOfAFileGoesBetweenWhatIsWrittenBeforeAndAfterIt() {
    withFile(
        LARGE,
        (pair, file) -> {
          Promise<byte[]> peer = peer(() -> readAll(pair.peer()));
          pair.writer().write("head");
          Task<Long> transfer = transferring(pair, file, 1_000, LARGE - 3_000);
          await(sleep(Duration.ZERO));
          pair.writer().write("tail");
          assertEquals(LARGE - 3_000, await(transfer));
          assertEquals(LARGE - 2_000, file.position());
          assertEquals(5, await(pair.writer().transferFrom(file, 7, 5)));
          assertEquals(12, file.position());
          pair.ours().close();
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          expected.writeBytes(bytes("head"));
          expected.writeBytes(part(LARGE, 1_000, LARGE - 3_000));
          expected.writeBytes(bytes("tail"));
          expected.writeBytes(part(LARGE, 7, 5));
          assertBytes(expected.toByteArray(), result(peer));
        });
  }

  @Test
  void NET_59_aFileThatIsShorterIsSentToItsEnd() {
    withFile(
        100_000,
        (pair, file) -> {
          Promise<byte[]> peer = peer(() -> readBytes(pair.peer(), 60_000));
          assertEquals(60_000, await(pair.writer().transferFrom(file, 40_000, 1L << 40)));
          assertEquals(100_000, file.position());
          assertBytes(part(100_000, 40_000, 60_000), result(peer));
          assertEquals(0, await(pair.writer().transferFrom(file, 100_000, 1)));
          assertEquals(0, await(pair.writer().transferFrom(file, 5, 0)));
          assertEquals(5, file.position());
          pair.writer().write("end");
          await(pair.writer().drain());
          assertEquals("end", read(pair.peer(), 3));
        });
  }

  @Test
  void NET_59_whatIsNoPartOfAReadableFileIsRefused() {
    withFile(
        10,
        (pair, file) -> {
          StreamWriter writer = pair.writer();
          assertThrows(IllegalArgumentException.class, () -> writer.transferFrom(file, -1, 5));
          assertThrows(IllegalArgumentException.class, () -> writer.transferFrom(file, 0, -5));
          assertThrows(NullPointerException.class, () -> writer.transferFrom(null, 0, 5));
          try (FileChannel output =
              FileChannel.open(folder.resolve("file10"), StandardOpenOption.WRITE)) {
            assertThrows(
                NonReadableChannelException.class, () -> await(writer.transferFrom(output, 0, 5)));
          }
          FileChannel closed = file(11);
          closed.close();
          assertThrows(
              ClosedChannelException.class, () -> await(writer.transferFrom(closed, 0, 5)));
          writer.write("goes on");
          await(writer.drain());
          assertEquals("goes on", read(pair.peer(), 7));
          writer.writeEof();
          assertThrows(IllegalStateException.class, () -> await(writer.transferFrom(file, 0, 5)));
        });
  }

  @Test
  void NET_59_aCancelledTransferLeavesTheFileBehindWhatWasSentAndTheConnectionGoesOn() {
    withFile(
        LARGE,
        (pair, file) -> {
          Task<Long> transfer = transferring(pair, file, 0, LARGE);
          settle();
          pair.writer().write("behind");
          transfer.cancel();
          assertThrows(CancelledError.class, () -> await(transfer));
          assertTrue(file.isOpen());
          int sent = (int) file.position();
          assertTrue(sent > 0 && sent < LARGE, "sent " + sent);
          Promise<byte[]> peer = peer(() -> readAll(pair.peer()));
          pair.ours().close();
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          expected.writeBytes(part(LARGE, 0, sent));
          expected.writeBytes(bytes("behind"));
          assertBytes(expected.toByteArray(), result(peer));
        });
  }

  @Test
  void NET_59_aLostConnectionEndsTheTransferAndNotTheFile() {
    withFile(
        LARGE,
        (pair, file) -> {
          Task<Long> transfer = transferring(pair, file, 0, LARGE);
          Task<Long> waiting = transferring(pair, file(500), 0, 500);
          settle();
          pair.reset();
          assertThrows(ConnectionLostException.class, () -> await(transfer));
          assertThrows(ConnectionLostException.class, () -> await(waiting));
          assertTrue(file.isOpen());
          assertTrue(file.position() < LARGE);
          assertThrows(
              ConnectionLostException.class, () -> await(pair.writer().transferFrom(file, 0, 1)));
        });
  }

  @Test
  void NET_59_aClosedConnectionSendsWhatIsUnderWayAndAnAbortedOneDoesNot() {
    withFile(
        LARGE,
        (pair, file) -> {
          Task<Long> transfer = transferring(pair, file, 0, LARGE);
          settle();
          pair.ours().close();
          Promise<byte[]> peer = peer(() -> readAll(pair.peer()));
          assertEquals(LARGE, await(transfer));
          assertBytes(pattern(LARGE), result(peer));
          assertThrows(
              ConnectionClosedException.class, () -> await(pair.writer().transferFrom(file, 0, 1)));
        });
    withFile(
        LARGE,
        (pair, file) -> {
          Task<Long> transfer = transferring(pair, file, 0, LARGE);
          settle();
          pair.ours().abort();
          assertThrows(ConnectionClosedException.class, () -> await(transfer));
          assertTrue(file.isOpen());
        });
  }

  @Test
  void NET_59_aPeerThatDoesNotReadIsGivenUpAtTheWriteLimit() {
    run(
        () -> {
          try (FileChannel file = file(LARGE)) {
            List<Throwable> thrown = new ArrayList<>();
            Server server =
                await(
                    Net.startServer(
                        (reader, writer) ->
                            io.fermata.Co.coroVoid(
                                "handler",
                                () -> {
                                  try {
                                    await(writer.transferFrom(file, 0, LARGE));
                                  } catch (AsyncTimeoutException e) {
                                    thrown.add(e);
                                    writer.abort();
                                  }
                                }),
                        loopback(0),
                        ServerOptions.DEFAULT.withWriteLimit(ms(50))));
            try (server;
                TestNetwork.Peer client =
                    network.connect((InetSocketAddress) server.addresses().get(0))) {
              await(sleep(ms(300)));
              assertEquals(1, thrown.size());
              assertThrows(IOException.class, () -> readAll(client));
            }
          }
        });
  }

  @Test
  void NET_59_aFileThatFailsFailsTheTransferAndTheConnectionGoesOn() {
    for (Throwable failure : List.of(new IOException("bad sector"), new ArithmeticException())) {
      withFile(
          10,
          (pair, file) -> {
            FileChannel broken = new BrokenFile(failure);
            assertSame(
                failure,
                assertThrows(
                    failure.getClass(), () -> await(pair.writer().transferFrom(broken, 3, 5))));
            assertEquals(3, broken.position());
            assertEquals(2, await(pair.writer().transferFrom(file, 0, 2)));
          });
    }
  }

  /** What the peer gets is what each of those who write says that it has sent, in their order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void NET_59_transfersWritesAndSendsOfManyTasksDoNotMixWhoeverIsCancelled(long seed) {
    Random random = new Random(seed);
    withFile(
        700_000,
        (pair, ignored) -> {
          List<Sender> senders = new ArrayList<>();
          Promise<byte[]> peer = null;
          for (int i = 0; i < 40; i++) {
            senders.add(sender(pair, random));
            if (i == 10) {
              peer = peer(() -> readAll(pair.peer()));
            }
            Sender chosen = senders.get(random.nextInt(senders.size()));
            if (random.nextInt(3) == 0) {
              chosen.task.cancel();
            }
            await(sleep(random.nextInt(3) == 0 ? ms(1) : Duration.ZERO));
          }
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          for (Sender sender : senders) {
            while (!sender.task.isDone()) {
              await(sleep(ms(1)));
            }
            expected.write(pattern(700_000), sender.offset, sender.sent());
            sender.file.close();
          }
          pair.ours().close();
          await(pair.ours().whenClosed());
          assertBytes(expected.toByteArray(), result(peer));
          assertFalse(senders.stream().allMatch(sender -> sender.task.isCancelled()));
        });
  }

  private record Sender(Task<?> task, FileChannel file, ByteBuffer buffer, int offset) {
    int sent() throws IOException {
      return buffer == null
          ? (int) Math.max(0, file.position() - offset)
          : buffer.position() - offset;
    }
  }

  private Sender sender(Pair pair, Random random) throws IOException {
    int offset = random.nextInt(300_000);
    int count = random.nextInt(400_000);
    FileChannel file = FileChannel.open(folder.resolve("file700000"));
    if (random.nextBoolean()) {
      return new Sender(transferring(pair, file, offset, count), file, null, offset);
    }
    ByteBuffer buffer = ByteBuffer.wrap(pattern(700_000), offset, count);
    return new Sender(loop.createTask(pair.writer().send(buffer)), file, buffer, offset);
  }
}
