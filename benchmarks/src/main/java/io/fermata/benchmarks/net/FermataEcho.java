package io.fermata.benchmarks.net;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.net.Net.startServer;

import io.fermata.Coroutine;
import io.fermata.net.Server;
import io.fermata.net.ServerOptions;
import io.fermata.net.StreamHandler;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Ours: with {@code arrays}, which belong to whoever reads, or {@code buffers}, filled anew. */
final class FermataEcho {
  private FermataEcho() {}

  @Coroutine
  static void echoArrays(StreamReader reader, StreamWriter writer) throws IOException {
    for (; ; ) {
      byte[] data = await(reader.read(ServerControl.READ_SIZE));
      if (data.length == 0) {
        return;
      }
      writer.write(data);
      await(writer.drain());
    }
  }

  @Coroutine
  static void echoBuffers(StreamReader reader, StreamWriter writer) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(ServerControl.READ_SIZE);
    while (await(reader.readInto(buffer)) >= 0) {
      await(writer.send(buffer.flip()));
      buffer.clear();
    }
  }

  @Coroutine
  static void serve(StreamHandler handler) throws IOException {
    ServerOptions options = ServerOptions.DEFAULT.withBacklog(ServerControl.BACKLOG);
    try (Server server = await(startServer(handler, ServerControl.anyPort(), options))) {
      ServerControl.listens(server.addresses().get(0));
      await(server.serveForever());
    }
  }

  public static void main(String[] args) throws IOException {
    boolean arrays = args[0].equals("arrays");
    StreamHandler handler = arrays ? FermataEchoAsync::echoArrays : FermataEchoAsync::echoBuffers;
    run(FermataEchoAsync.serve(handler));
  }
}
