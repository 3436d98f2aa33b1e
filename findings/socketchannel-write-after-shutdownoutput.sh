#!/usr/bin/env bash
# A write after shutdownOutput throws AsynchronousCloseException, in a program with one thread and no close.
#
# Tool: java.nio of the JDK in JAVA_HOME, on Linux (seen with 17.0.15 and 25.0.3).
# Input: a SocketChannel over loopback; shutdownOutput, then write; then close, then write.
# Expected: ClosedChannelException both times. AsynchronousCloseException is, by its documentation, for a thread that was
# blocked in an operation while another thread closed the channel.
# Seen: AsynchronousCloseException for the half that was shut down before, the channel being open; ClosedChannelException
# proper only after close. A program that takes the first for "somebody else closed this under me" looks in vain.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > WriteAfterShutdown.java <<'JAVA'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class WriteAfterShutdown {
  public static void main(String[] arguments) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
          SocketChannel accepted = server.accept()) {
        client.shutdownOutput();
        try {
          client.write(ByteBuffer.allocate(1));
          System.out.println("written");
        } catch (IOException e) {
          System.out.println(e.getClass().getName() + ", open: " + client.isOpen());
        }
        client.close();
        try {
          client.write(ByteBuffer.allocate(1));
          System.out.println("written");
        } catch (IOException e) {
          System.out.println(e.getClass().getName() + ", open: " + client.isOpen());
        }
      }
    }
  }
}
JAVA

"$java" -version 2>&1 | head -1
"$java" WriteAfterShutdown.java | tee seen
cmp seen - <<'SEEN'
java.nio.channels.AsynchronousCloseException, open: true
java.nio.channels.ClosedChannelException, open: false
SEEN
