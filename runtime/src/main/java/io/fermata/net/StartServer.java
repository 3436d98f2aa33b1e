package io.fermata.net;

import io.fermata.Context;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.SystemAcceptor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code startServer}: looks the host up, and listens on all its addresses or on none. */
final class StartServer extends Continuation<Server, IOException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.net.Net", "startServer", "Net.java", "", "");
  private static final int LOOKING_UP = 2;

  private @Nullable StreamHandler handler;
  private String host;
  private final int port;
  private @Nullable SocketAddress address;
  private @Nullable ServerSocketChannel channel;
  private ServerOptions options;
  private @Nullable Throwable startedAt = Net.here();

  StartServer(
      StreamHandler handler,
      String host,
      int port,
      @Nullable SocketAddress address,
      @Nullable ServerSocketChannel channel,
      ServerOptions options) {
    this.handler = Objects.requireNonNull(handler, "handler");
    this.host = Objects.requireNonNull(host, "host");
    this.port = port;
    this.address = address;
    this.channel = channel;
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Listening listening =
        new Listening(
            task.loop(),
            Objects.requireNonNull(handler),
            options,
            Context.copyOfCurrent(),
            startedAt);
    if (state == LOOKING_UP) {
      return ended(listenAt((List<?>) Objects.requireNonNull(sent), listening));
    }
    if (channel != null) {
      return ended(adopt(channel, listening));
    }
    if (address != null) {
      return ended(started(listening, List.of(address)));
    }
    if (host.isEmpty()) {
      return ended(listenEverywhere(listening));
    }
    Object found = await(task, Hosts.lookUp(host), depth);
    if (found == SUSPENDED) {
      state = LOOKING_UP;
      return SUSPENDED;
    }
    return ended(listenAt((List<?>) Objects.requireNonNull(found), listening));
  }

  private Server adopt(ServerSocketChannel given, Listening listening) throws IOException {
    if (!given.isOpen()) {
      throw new ClosedChannelException();
    }
    if (given.getLocalAddress() == null) {
      throw new NotYetBoundException();
    }
    if (given.isRegistered()) {
      throw new IllegalStateException(
          given + " is registered with a selector already: cancel its key first.");
    }
    given.configureBlocking(false);
    Listening.Door door = listening.newDoor();
    door.open(new SystemAcceptor(given, ofConnections(given.getLocalAddress()), door));
    door.ownsFile();
    return serve(listening);
  }

  private Server listenEverywhere(Listening listening) throws IOException {
    String all = Hosts.network().hasIpv6() ? "::" : "0.0.0.0";
    return started(listening, List.of(new InetSocketAddress(all, port)));
  }

  private Server listenAt(List<?> found, Listening listening) throws IOException {
    LinkedHashSet<SocketAddress> addresses = new LinkedHashSet<>();
    for (Object each : found) {
      addresses.add(new InetSocketAddress((InetAddress) each, port));
    }
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host + ": the look-up gave no address");
    }
    return started(listening, List.copyOf(addresses));
  }

  private Server started(Listening listening, List<SocketAddress> addresses) throws IOException {
    try {
      for (SocketAddress each : addresses) {
        open(each, listening);
      }
      return serve(listening);
    } catch (Throwable t) {
      listening.close();
      throw t;
    }
  }

  private Server serve(Listening listening) {
    if (options.startServing()) {
      listening.startServing();
    }
    return new Server(listening);
  }

  /** Opens one more; with port 0, at the port that the first was given, if that can be. */
  private void open(SocketAddress wanted, Listening listening) throws IOException {
    List<SocketAddress> before = listening.addresses();
    if (before.isEmpty()) {
      open(listening, wanted);
      return;
    }
    InetSocketAddress inet = (InetSocketAddress) wanted;
    try {
      int first = ((InetSocketAddress) before.get(0)).getPort();
      open(listening, new InetSocketAddress(inet.getAddress(), first));
    } catch (BindException e) {
      if (isNotOurs(e)) {
        return; // a name may have an address of a family that is switched off
      }
      if (port != 0) {
        throw e;
      }
      open(listening, inet);
    }
  }

  private static boolean isNotOurs(BindException e) {
    return Texts.reason(e).contains("Cannot assign requested address");
  }

  private void open(Listening listening, SocketAddress local) throws IOException {
    Listening.Door door = listening.newDoor();
    try {
      door.open(listen(local, door));
      if (Hosts.network().hasSocketFiles()) {
        door.ownsFile();
      }
    } catch (BindException e) {
      throw Texts.told("can't listen at " + Texts.of(local), e);
    } catch (SocketException e) {
      throw Texts.told("can't listen at " + Texts.of(local), e);
    }
  }

  private Acceptor listen(SocketAddress local, Listening.Door door) throws IOException {
    Network network = Hosts.network();
    Map<SocketOption<?>, Object> ofSocket = new HashMap<>();
    if (options.reusePort()) {
      ofSocket.put(StandardSocketOptions.SO_REUSEPORT, true);
    }
    Map<SocketOption<?>, Object> ofConnections = ofConnections(local);
    try {
      return network.listen(local, options.backlog(), ofSocket, ofConnections, door);
    } catch (BindException e) {
      if (!(local instanceof UnixDomainSocketAddress unix) || !network.hasSocketFiles()) {
        throw e;
      }
      SocketFile.removeDead(unix, e);
      return network.listen(local, options.backlog(), ofSocket, ofConnections, door);
    }
  }

  private Map<SocketOption<?>, Object> ofConnections(SocketAddress local) {
    Map<SocketOption<?>, Object> all = new HashMap<>();
    if (!(local instanceof UnixDomainSocketAddress)) {
      all.put(StandardSocketOptions.TCP_NODELAY, true);
    }
    all.putAll(options.socketOptions());
    return all;
  }

  @Override
  protected void clear() {
    handler = null;
    host = "";
    address = null;
    channel = null;
    options = ServerOptions.DEFAULT;
    startedAt = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
