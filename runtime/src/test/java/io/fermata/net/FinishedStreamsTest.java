package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitUntil;
import static io.fermata.Co.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.Coro;
import io.fermata.HeldFields;
import io.fermata.ReturnWhen;
import io.fermata.Task;
import io.fermata.internal.net.Buffers.Piece;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The coroutines of streams, servers and datagrams hold no buffer, address, option or handler of
 * their users' when they have ended: nothing but the object that they are of.
 */
class FinishedStreamsTest extends NetTests {
  private static final String STREAMS = "io/fermata/net/";

  /** What they are of, and what waits there. */
  private static final Set<String> OWN =
      Set.of(
          "reader",
          "writer",
          "connection",
          "endpoint",
          "server",
          "listening",
          "line",
          "lines",
          "datagrams",
          "toClose");

  /** Of which there are no objects. */
  private static final Set<String> ABSTRACT =
      Set.of(
          "Connection$Ending",
          "DatagramEndpoint$Operation",
          "DatagramEndpoint$Receiving",
          "ReadOperation",
          "StreamOperation",
          "WriteOperation");

  private enum End {
    VALUE,
    CANCELLATION,
    CLOSED
  }

  private interface Maker {
    Awaitable<?> make(End end) throws Exception;
  }

  @TempDir Path folder;

  /** What is closed when a case is over. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** A connection whose peer has sent a line, and ended its side, unless nothing is to arrive. */
  private Pair pair(End end) throws IOException {
    Pair pair = opened(pair());
    if (end == End.VALUE) {
      pair.send("line\n");
      pair.peer().shutdownOutput();
    }
    return pair;
  }

  private FileChannel file() throws IOException {
    Path path = Files.write(folder.resolve("file"), new byte[20_000_000]);
    return opened(FileChannel.open(path));
  }

  private Server server() {
    Server server = await(Net.startServer((reader, writer) -> reader.readAll(), "127.0.0.1", 0));
    open.push(server);
    return server;
  }

  /** An endpoint that has a datagram, unless nothing is to arrive. */
  private DatagramEndpoint endpoint(End end) {
    DatagramEndpoint endpoint = await(Net.openDatagramEndpoint(DatagramOptions.at(loopback(0))));
    open.push(endpoint);
    if (end == End.VALUE) {
      await(endpoint.send(bytes("datagram"), endpoint.localAddress()));
    }
    return endpoint;
  }

  private Map<String, Maker> makers() {
    Map<String, Maker> makers = new LinkedHashMap<>();
    makers.put("Connection$Entered", end -> pair(end).ours().enter());
    makers.put("Connection$Exit", end -> pair(end).ours().exit(new ArithmeticException()));
    makers.put(
        "Connection$WhenClosed",
        end -> {
          Connection ours = pair(end).ours();
          if (end == End.VALUE) {
            loop.callSoon(ours::abort);
          }
          return ours.whenClosed();
        });
    makers.put(
        "OpenConnection",
        end -> {
          TestNetwork.Listener listener = opened(network.listen());
          return Net.openConnection("127.0.0.1", port(listener));
        });
    makers.put(
        "AdoptConnection",
        end -> {
          TestNetwork.Listener listener = opened(network.listen());
          return Net.openConnection(opened(SocketChannel.open(listener.address())));
        });
    makers.put("LookUp", end -> Net.lookUp("127.0.0.1"));
    makers.put(
        "StartServer",
        end -> Net.startServer((reader, writer) -> reader.readAll(), "127.0.0.1", 0));
    makers.put("OpenDatagrams", end -> Net.openDatagramEndpoint(DatagramOptions.at(loopback(0))));
    makers.put("StreamReader$Read", end -> pair(end).reader().read(10));
    makers.put("StreamReader$ReadAll", end -> pair(end).reader().readAll());
    makers.put("StreamReader$ReadExactly", end -> pair(end).reader().readExactly(3));
    makers.put("StreamReader$ReadUntil", end -> pair(end).reader().readUntil(bytes("\n")));
    makers.put("StreamReader$ReadLine", end -> pair(end).reader().readLine());
    makers.put("StreamReader$ReadInto", end -> pair(end).reader().readInto(ByteBuffer.allocate(9)));
    makers.put(
        "StreamReader$Lines$Next", end -> pair(end).reader().lines().asyncIterator().moveNext());
    makers.put(
        "StreamWriter$Drain",
        end -> {
          StreamWriter writer = pair(end).writer();
          if (end != End.VALUE) {
            writer.write(new byte[20_000_000]);
          }
          return writer.drain();
        });
    makers.put(
        "StreamWriter$Send",
        end -> pair(end).writer().send(ByteBuffer.allocate(end == End.VALUE ? 10 : 20_000_000)));
    makers.put(
        "TransferFrom",
        end -> pair(end).writer().transferFrom(file(), 0, end == End.VALUE ? 10 : 20_000_000));
    makers.put(
        "TransferFrom$Turn",
        end -> {
          StreamWriter writer = pair(end).writer();
          Piece place = writer.link().output.reserve();
          return new TransferFrom.Turn(writer, place, end != End.VALUE);
        });
    makers.put("Server$Entered", end -> server().enter());
    makers.put(
        "Server$ServeForever",
        end -> {
          Server server = server();
          if (end == End.VALUE) {
            loop.callLater(ms(1), server::close);
          }
          return server.serveForever();
        });
    makers.put(
        "Server$WhenClosed",
        end -> {
          Server server = server();
          if (end == End.VALUE) {
            loop.callLater(ms(1), server::close);
          }
          return server.whenClosed();
        });
    makers.put("Server$Exit", end -> server().exit(new ArithmeticException()));
    makers.put("DatagramEndpoint$Receive", end -> endpoint(end).receive());
    makers.put(
        "DatagramEndpoint$ReceiveInto", end -> endpoint(end).receiveInto(ByteBuffer.allocate(9)));
    makers.put(
        "DatagramEndpoint$Send",
        end -> {
          DatagramEndpoint endpoint = endpoint(End.CLOSED);
          return endpoint.send(bytes("datagram"), endpoint.localAddress());
        });
    makers.put("DatagramEndpoint$Datagrams$Next", end -> endpoint(end).asyncIterator().moveNext());
    makers.put("DatagramEndpoint$Leave", end -> endpoint(end).exit(new ArithmeticException()));
    return makers;
  }

  @Test
  void whatHasEndedHoldsNothing() {
    makers()
        .forEach(
            (name, maker) -> {
              for (End end : End.values()) {
                run(
                    () -> {
                      Coro<?> coroutine = (Coro<?>) maker.make(end);
                      assertTrue(coroutine.getClass().getName().endsWith("." + name), name);
                      end(coroutine, end);
                      assertEquals(List.of(), held(coroutine), name + ", " + end);
                      while (!open.isEmpty()) {
                        open.pop().close();
                      }
                      await(sleep(ms(1)));
                    });
              }
            });
  }

  private void end(Coro<?> coroutine, End end) throws Exception {
    if (end == End.CLOSED) {
      coroutine.close();
      return;
    }
    Task<?> task = loop.createTask(coroutine);
    if (end == End.CANCELLATION) {
      await(sleep(Duration.ZERO));
      task.cancel("reason");
    }
    await(waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
    if (!task.isCancelled() && task.exception() == null) {
      closeLater(task.result());
    }
  }

  private void closeLater(Object result) {
    if (result instanceof Connection connection) {
      open.push(connection::abort);
    } else if (result instanceof Server server) {
      open.push(server);
    } else if (result instanceof DatagramEndpoint endpoint) {
      open.push(endpoint);
    }
  }

  /** Without the default options, which stand in place of a user's. */
  private static List<String> held(Coro<?> coroutine) throws IllegalAccessException {
    List<String> held = new ArrayList<>(HeldFields.of(coroutine, OWN));
    held.remove("options = " + ConnectOptions.DEFAULT);
    held.remove("options = " + ServerOptions.DEFAULT);
    return held;
  }

  @Test
  void theTaskOfAConnectionHoldsNoHandlerWhenItHasEnded() {
    for (End end : List.of(End.VALUE, End.CANCELLATION)) {
      run(
          () -> {
            Server server = server();
            TestNetwork.Peer client =
                network.connect(
                    new InetSocketAddress(
                        LOOPBACK, ((InetSocketAddress) server.addresses().get(0)).getPort()));
            List<Task<?>> handling = List.of();
            while (handling.isEmpty()) {
              await(sleep(ms(1)));
              handling =
                  Async.allTasks().stream()
                      .filter(task -> task.getCoro() instanceof Handling)
                      .toList();
            }
            Task<?> task = handling.get(0);
            Coro<?> coroutine = task.getCoro();
            if (end == End.VALUE) {
              client.shutdownOutput();
            } else {
              task.cancel();
            }
            await(waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
            assertEquals(List.of(), HeldFields.of(coroutine, OWN), end::toString);
            client.close();
            server.close();
            open.clear();
            await(server.whenClosed());
          });
    }
  }

  @Test
  void noCoroutineOfTheStreamsIsForgotten() throws Exception {
    Set<String> expected = new TreeSet<>(ABSTRACT);
    expected.addAll(makers().keySet());
    expected.add("Handling");
    assertEquals(expected, HeldFields.coroutines(name -> name.startsWith(STREAMS)));
  }
}
