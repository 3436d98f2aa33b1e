#!/usr/bin/env bash
# A connected DatagramChannel can't send an empty datagram: write, send, and the send of its socket() return as if it were
# sent, and nothing goes out.
#
# Tool: java.nio of the JDK in JAVA_HOME, on Linux (seen with 17.0.15 and 25.0.3).
# Input: two DatagramChannels on loopback; the one sends an empty buffer to the other, with the calls that there are, once
# connected to it and once not.
# Expected: an empty datagram arrives each time, as UDP allows and as the same send does from a channel that is not
# connected. The documentation of write says that it "sends datagrams directly to the socket's peer", that of send that it
# works on a connected channel too; neither makes an exception of an empty buffer.
# Seen: it arrives from the channel that is not connected only. For an empty buffer the connected one makes no system call.
set -euo pipefail

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > SendNothing.java <<'JAVA'
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

class SendNothing {
  interface Sending {
    void send(DatagramChannel from, SocketAddress to) throws IOException;
  }

  public static void main(String[] arguments) throws Exception {
    Sending packet = (from, to) -> from.socket().send(new DatagramPacket(new byte[0], 0, to));
    tell("not connected, send", false, (from, to) -> from.send(ByteBuffer.allocate(0), to));
    tell("not connected, socket().send", false, packet);
    tell("connected, write", true, (from, to) -> from.write(ByteBuffer.allocate(0)));
    tell("connected, send", true, (from, to) -> from.send(ByteBuffer.allocate(0), to));
    tell("connected, socket().send", true, packet);
    tell("connected, write of a byte", true, (from, to) -> from.write(ByteBuffer.allocate(1)));
  }

  static void tell(String what, boolean connected, Sending sending) throws Exception {
    try (DatagramChannel to = DatagramChannel.open();
        DatagramChannel from = DatagramChannel.open()) {
      to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      if (connected) {
        from.connect(to.getLocalAddress());
      }
      sending.send(from, to.getLocalAddress());
      Thread.sleep(100);
      to.configureBlocking(false);
      boolean arrived = to.receive(ByteBuffer.allocate(1)) != null;
      System.out.println(what + ": " + (arrived ? "arrives" : "nothing arrives"));
    }
  }
}
JAVA

"$java" -version 2>&1 | head -1
"$java" SendNothing.java | tee seen
cmp seen - <<'SEEN'
not connected, send: arrives
not connected, socket().send: arrives
connected, write: nothing arrives
connected, send: nothing arrives
connected, socket().send: nothing arrives
connected, write of a byte: arrives
SEEN
