package io.fermata.benchmarks.net;

import io.fermata.benchmarks.VirtualThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;

/** A virtual thread with a blocking socket for each connection. */
final class VirtualThreadEcho {
  private VirtualThreadEcho() {}

  public static void main(String[] args) throws IOException {
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(ServerControl.anyPort(), ServerControl.BACKLOG);
      ServerControl.listens(listener.getLocalSocketAddress());
      ExecutorService threads = VirtualThreads.executor();
      for (; ; ) {
        Socket socket = listener.accept();
        threads.execute(() -> echo(socket));
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[ServerControl.READ_SIZE];
      for (int count; (count = in.read(buffer)) >= 0; ) {
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      System.err.println("a client is gone: " + e);
    }
  }
}
