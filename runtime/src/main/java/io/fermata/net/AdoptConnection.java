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

  private final SocketChannel channel;
  private final @Nullable Throwable openedAt = Net.here();

  AdoptConnection(SocketChannel channel) {
    this.channel = Objects.requireNonNull(channel, "channel");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    if (!channel.isConnected()) {
      throw new NotYetConnectedException();
    }
    if (channel.isRegistered()) {
      throw new IllegalStateException(
          channel + " is registered with a selector already: cancel its key first.");
    }
    boolean blocking = channel.isBlocking();
    channel.configureBlocking(false);
    try {
      SystemTransport transport = new SystemTransport(channel, channel.getRemoteAddress());
      Connection connection =
          new Connection(task.loop(), transport, ConnectOptions.DEFAULT.streams());
      connection.link().openedAt = openedAt;
      return connection;
    } catch (IOException e) {
      channel.configureBlocking(blocking);
      throw e;
    }
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
