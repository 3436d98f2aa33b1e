package io.fermata.net;

import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code openDatagramEndpoint}; does not wait. */
final class OpenDatagrams extends Continuation<DatagramEndpoint, IOException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.net.Net", "openDatagramEndpoint", "Net.java", "", "");

  private @Nullable DatagramOptions options;
  private @Nullable Throwable openedAt = Net.here();

  OpenDatagrams(DatagramOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws IOException {
    DatagramOptions given = Objects.requireNonNull(options);
    DatagramLink link = new DatagramLink(task.loop(), given.remoteAddress(), openedAt);
    SocketAddress local = given.localAddress();
    SocketAddress remote = given.remoteAddress();
    try {
      if (local != null) {
        DatagramLink.checkDatagrams(local);
      }
      if (remote != null) {
        DatagramLink.checkWay(remote, local);
      }
      link.open(Hosts.network().openDatagrams(local, remote, given.socketOptions(), link));
    } catch (SocketException e) {
      throw Texts.told(
          "can't open a datagram endpoint"
              + (local == null ? "" : " at " + Texts.of(local))
              + (remote == null ? "" : " with the peer " + Texts.of(remote)),
          e);
    }
    DatagramEndpoint endpoint = new DatagramEndpoint(link);
    link.watchUnclosed(endpoint);
    return ended(endpoint);
  }

  @Override
  protected void clear() {
    options = null;
    openedAt = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
