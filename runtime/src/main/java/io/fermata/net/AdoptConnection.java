package io.fermata.net;

import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.net.SystemTransport;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code openConnection} of a channel that is connected already. */
final class AdoptConnection extends Continuation<Connection, IOException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.net.Net", "openConnection", "Net.java", "", "");

  private @Nullable SocketChannel channel;
  private @Nullable Throwable openedAt = Net.here();

  AdoptConnection(SocketChannel channel) {
    this.channel = Objects.requireNonNull(channel, "channel");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws IOException {
    SocketChannel given = Objects.requireNonNull(channel);
    if (!given.isOpen()) {
      throw new ClosedChannelException();
    }
    if (!given.isConnected()) {
      throw new NotYetConnectedException();
    }
    if (given.isRegistered()) {
      throw new IllegalStateException(
          given + " is registered with a selector already: cancel its key first.");
    }
    boolean blocking = given.isBlocking();
    given.configureBlocking(false);
    try {
      SystemTransport transport = new SystemTransport(given, given.getRemoteAddress());
      Connection connection =
          new Connection(task.loop(), transport, ConnectOptions.DEFAULT.streams());
      connection.link().openedAt = openedAt;
      return ended(connection);
    } catch (IOException e) {
      given.configureBlocking(blocking);
      throw e;
    }
  }

  @Override
  protected void clear() {
    channel = null;
    openedAt = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
