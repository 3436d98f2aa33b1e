package io.fermata.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The peers of {@link ManyConnectionsTest}, in a JVM of their own, since both ends do not fit into
 * the descriptors of one: opens all, says so, and at a line of input has each send a message and
 * read its echo.
 */
final class TenThousandClients {
  private TenThousandClients() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    List<SocketChannel> all = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      all.add(SocketChannel.open(server));
    }
    System.out.println("open");
    System.in.read();
    int right = 0;
    for (int i = 0; i < all.size(); i++) {
      all.get(i).write(ByteBuffer.allocate(Integer.BYTES).putInt(i).flip());
    }
    for (int i = 0; i < all.size(); i++) {
      ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES);
      while (answer.hasRemaining() && all.get(i).read(answer) >= 0) {}
      if (!answer.hasRemaining() && answer.flip().getInt() == i) {
        right++;
      }
      all.get(i).close();
    }
    System.out.println("right " + right);
  }
}
