#!/usr/bin/env bash
# A SocketChannel whose write was the first to meet a reset of the peer's reads as if the peer had ended in order.
#
# Tool: java.nio of the JDK in JAVA_HOME, on Linux (seen with 17.0.15 and 25.0.3).
# Input: a connection over loopback, non-blocking at our side; the peer closes with SO_LINGER 0, which sends a reset.
# Expected: that both the read and the write fail, in whichever order they come, and go on to fail.
# Seen: a read alone fails with "Connection reset". After a write that failed with "Connection reset by peer" the same read
# gives -1, the sign of an orderly end, and so does each later one: whoever reads to the end after a failed write takes
# half of an answer for the whole. The kernel tells a socket's error once; the channel remembers it for its reads alone.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > ResetThenRead.java <<'JAVA'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class ResetThenRead {
  public static void main(String[] arguments) throws Exception {
    System.out.println("read first: " + read(reset()));
    SocketChannel channel = reset();
    System.out.println("write first: " + write(channel));
    System.out.println("then read: " + read(channel));
    System.out.println("and again: " + read(channel));
  }

  static SocketChannel[] pair() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel client = SocketChannel.open(server.getLocalAddress());
      SocketChannel accepted = server.accept();
      accepted.configureBlocking(false);
      return new SocketChannel[] {accepted, client};
    }
  }

  /** A channel whose peer has reset the connection. */
  static SocketChannel reset() throws Exception {
    SocketChannel[] pair = pair();
    pair[1].setOption(StandardSocketOptions.SO_LINGER, 0);
    pair[1].close();
    Thread.sleep(200);
    return pair[0];
  }

  static String read(SocketChannel channel) {
    try {
      return String.valueOf(channel.read(ByteBuffer.allocate(1)));
    } catch (IOException e) {
      return e.toString();
    }
  }

  static String write(SocketChannel channel) {
    try {
      return String.valueOf(channel.write(ByteBuffer.allocate(1)));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
JAVA

"$java" -version 2>&1 | head -1
"$java" ResetThenRead.java | tee seen
cmp seen - <<'SEEN'
read first: java.net.SocketException: Connection reset
write first: java.io.IOException: Connection reset by peer
then read: -1
and again: -1
SEEN
