package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code openConnection}: looks the host up, tries its addresses, and makes the streams.
 *
 * <pre>
 *  START --name--&gt; LOOKING_UP --addresses--&gt; CONNECTING --the first that answers--&gt; connection
 *    +------------an address-------------------^
 * </pre>
 */
final class OpenConnection extends Continuation<Connection, IOException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.net.Net", "openConnection", "Net.java", "", "");
  private static final int LOOKING_UP = -2;
  private static final int CONNECTING = -3;

  private String host;
  private final int port;
  private @Nullable SocketAddress address;
  private ConnectOptions options;
  private @Nullable Throwable openedAt;
  private @Nullable Attempts attempts;

  OpenConnection(String host, int port, ConnectOptions options) {
    this(host, port, null, options);
    Objects.requireNonNull(host, "host");
    checkPort(port);
  }

  OpenConnection(SocketAddress address, ConnectOptions options) {
    this(Texts.of(address), 0, Objects.requireNonNull(address, "address"), options);
  }

  private OpenConnection(
      String host, int port, @Nullable SocketAddress address, ConnectOptions options) {
    this.host = host;
    this.port = port;
    this.address = address;
    this.options = Objects.requireNonNull(options, "options");
    this.openedAt = Net.here();
  }

  static void checkPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is none: give 0 to 65535.");
    }
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    try {
      if (state == CONNECTING) {
        received(sent);
        return ended(connected(task.loop()));
      }
      return connect(task, state == LOOKING_UP ? received(sent) : addresses(task, depth), depth);
    } catch (Throwable t) {
      if (attempts != null) {
        attempts.abandon();
      }
      throw t;
    }
  }

  /** Addresses, a list of them, or SUSPENDED. */
  private @Nullable Object addresses(Task<?> task, int depth) throws Throwable {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      return lookedUp(task, inet.getHostString(), depth);
    }
    return address != null ? List.of(address) : lookedUp(task, host, depth);
  }

  private @Nullable Object lookedUp(Task<?> task, String name, int depth) throws Throwable {
    Object found = await(task, Hosts.lookUp(name), depth);
    if (found == SUSPENDED) {
      state = LOOKING_UP;
    }
    return found;
  }

  private @Nullable Object connect(Task<?> task, @Nullable Object found, int depth)
      throws Throwable {
    if (found == SUSPENDED) {
      return SUSPENDED;
    }
    List<SocketAddress> addresses = matching(toSocketAddresses((List<?>) found));
    Network network = Hosts.network();
    String name = address == null ? host + ":" + port : host;
    Attempts trying =
        new Attempts(task.loop(), network, name, addresses, options, socketOptions(addresses));
    attempts = trying;
    trying.tryNext();
    if (trying.isDecided()) {
      return ended(connected(task.loop()));
    }
    Object suspended = await(task, trying.outcome, depth);
    state = CONNECTING;
    return suspended;
  }

  private List<SocketAddress> toSocketAddresses(@Nullable List<?> found) throws IOException {
    if (found == null || found.isEmpty()) {
      throw new UnknownHostException(host + ": the look-up gave no address");
    }
    if (found.get(0) instanceof SocketAddress) {
      return List.of((SocketAddress) found.get(0));
    }
    List<InetAddress> ofHost = new ArrayList<>();
    found.forEach(each -> ofHost.add((InetAddress) each));
    int to = address instanceof InetSocketAddress inet ? inet.getPort() : port;
    List<SocketAddress> all = new ArrayList<>();
    Hosts.interleaved(ofHost).forEach(each -> all.add(new InetSocketAddress(each, to)));
    return all;
  }

  /** Those of the local address's family. */
  private List<SocketAddress> matching(List<SocketAddress> addresses) throws IOException {
    if (!(options.localAddress() instanceof InetSocketAddress local)
        || local.getAddress() == null) {
      return addresses;
    }
    List<SocketAddress> matching = new ArrayList<>(addresses);
    matching.removeIf(
        each ->
            each instanceof InetSocketAddress remote
                && Addresses.isIpv4(remote.getAddress()) != Addresses.isIpv4(local.getAddress()));
    if (matching.isEmpty()) {
      throw new ConnectException(
          "can't connect to "
              + host
              + " from "
              + Texts.of(local)
              + ": it has no address of that family");
    }
    return matching;
  }

  private Map<SocketOption<?>, Object> socketOptions(List<SocketAddress> addresses) {
    Map<SocketOption<?>, Object> all = new HashMap<>();
    if (!(addresses.get(0) instanceof UnixDomainSocketAddress)) {
      all.put(StandardSocketOptions.TCP_NODELAY, true);
    }
    all.putAll(options.socketOptions());
    return all;
  }

  private Connection connected(EventLoop loop) throws IOException {
    Transport transport = Objects.requireNonNull(attempts).result();
    attempts = null;
    Connection connection = new Connection(loop, transport, options.streams());
    connection.link().openedAt = openedAt;
    return connection;
  }

  @Override
  protected void clear() {
    host = "";
    address = null;
    options = ConnectOptions.DEFAULT;
    openedAt = null;
    attempts = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
