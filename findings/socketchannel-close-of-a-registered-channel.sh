#!/usr/bin/env bash
# Whether the peer sees a reset or an orderly end when a SocketChannel with unread input is closed depends on whether the
# channel was registered with a Selector.
#
# Tool: java.nio of the JDK in JAVA_HOME, on Linux (seen with 17.0.15 and 25.0.3).
# Input: a connection over loopback; the peer has sent ten bytes that nobody reads; close. Once the channel was registered
# with a selector, once not.
# Expected: the same both times: TCP resets a connection that is closed with unread input, so that the peer knows.
# Seen: the peer of the channel that was not registered reads "Connection reset"; the peer of the registered one reads -1.
# The channel gives its descriptor up at the selector's next select only, and until then has merely shut its output down.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > CloseUnread.java <<'JAVA'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class CloseUnread {
  public static void main(String[] arguments) throws Exception {
    System.out.println("not registered: " + peerSees(null));
    try (Selector selector = Selector.open()) {
      System.out.println("registered: " + peerSees(selector));
    }
  }

  static String peerSees(Selector selector) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
          SocketChannel accepted = server.accept()) {
        accepted.configureBlocking(false);
        if (selector != null) {
          accepted.register(selector, SelectionKey.OP_READ);
        }
        client.write(ByteBuffer.allocate(10));
        Thread.sleep(100);
        accepted.close();
        Thread.sleep(100);
        return read(client);
      }
    }
  }

  static String read(SocketChannel channel) {
    try {
      return String.valueOf(channel.read(ByteBuffer.allocate(1)));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
JAVA

"$java" -version 2>&1 | head -1
"$java" CloseUnread.java | tee seen
cmp seen - <<'SEEN'
not registered: java.net.SocketException: Connection reset
registered: -1
SEEN
