package io.fermata.benchmarks.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** What the client sends, again and again on each connection. */
abstract sealed class Question permits EchoQuestion, HttpQuestion {
  private static final int PATIENCE_MILLIS = 10_000;

  private final byte[] bytes;

  Question(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The same, to be sent from where the system takes it. */
  ByteBuffer direct() {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /**
   * Asks once, looks whether the answer is right, and gives its length: all answers of a server are
   * as long.
   */
  int lengthOfAnswer(InetSocketAddress server) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      return readAnswer(new DataInputStream(socket.getInputStream()));
    }
  }

  /**
   * Reads a whole answer.
   *
   * @throws IllegalStateException if it is wrong
   */
  abstract int readAnswer(DataInputStream in) throws IOException;
}
