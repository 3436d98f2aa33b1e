package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.Suspension;
import io.fermata.TimerHandle;
import io.fermata.internal.Suppression;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tries the addresses of a host, a new one whenever the last one has failed or its time alone is
 * over, until one answers: "happy eyeballs" (RFC 8305).
 */
final class Attempts {
  private final EventLoop loop;
  private final Network network;
  private final String host;
  private final List<? extends SocketAddress> addresses;
  private final ConnectOptions options;
  private final Map<SocketOption<?>, Object> socketOptions;
  private final List<Attempt> open = new ArrayList<>();
  private final List<IOException> failures = new ArrayList<>();
  private final @Nullable IOException[] inOrder;
  private int next;
  private boolean trying;
  private @Nullable TimerHandle timer;
  private @Nullable Transport winner;

  /** Those who wait for the outcome. */
  final Suspension outcome;

  Attempts(
      EventLoop loop,
      Network network,
      String host,
      List<? extends SocketAddress> addresses,
      ConnectOptions options,
      Map<SocketOption<?>, Object> socketOptions) {
    this.loop = loop;
    this.network = network;
    this.host = host;
    this.addresses = addresses;
    this.options = options;
    this.socketOptions = socketOptions;
    this.inOrder = new @Nullable IOException[addresses.size()];
    this.outcome = new Suspension("a connection to " + host);
  }

  /** Tries the next address; the one behind it too, if this one fails at once. */
  void tryNext() {
    stopTimer();
    trying = true;
    boolean underWay = false;
    while (!underWay && next < addresses.size()) {
      underWay = tryOne(next++);
    }
    trying = false;
    if (winner == null && next < addresses.size()) {
      timer = loop.callLater(options.attemptDelay(), this::tryNext);
    }
    tellIfDecided();
  }

  /** Whether the attempt did not fail at once. */
  private boolean tryOne(int index) {
    try {
      Transport transport =
          network.connect(addresses.get(index), options.localAddress(), socketOptions);
      Attempt attempt = new Attempt(index, transport);
      open.add(attempt);
      transport.listener(attempt);
      attempt.look();
      return winner != null || open.contains(attempt);
    } catch (BindException e) {
      if (options.localAddress() == null) {
        fail(index, e);
      } else {
        fail(index, toldOfLocal(e));
        next = addresses.size(); // it is no better for another remote address
      }
    } catch (IOException e) {
      fail(index, e);
    }
    return false;
  }

  private void tellIfDecided() {
    if (isDecided() && outcome.isWaiting()) {
      outcome.resume();
    }
  }

  private BindException toldOfLocal(BindException e) {
    BindException told =
        new BindException(
            "can't connect to "
                + host
                + " from "
                + Texts.of(options.localAddress())
                + ": "
                + Texts.reason(e));
    return Suppression.withCause(told, e);
  }

  private void fail(int index, IOException e) {
    inOrder[index] = e;
    failures.add(e);
  }

  boolean isDecided() {
    return winner != null || (next == addresses.size() && open.isEmpty());
  }

  /** The connection; throws if there is none. */
  Transport result() throws IOException {
    if (winner != null) {
      return winner;
    }
    IOException only = Objects.requireNonNull(failures.get(0));
    if (failures.size() == 1) {
      boolean told = only instanceof BindException && options.localAddress() != null;
      throw told ? only : Texts.told(whatFailed(0), only);
    }
    StringBuilder text = new StringBuilder("can't connect to ").append(host).append(": ");
    List<IOException> told = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      IOException failure = inOrder[i];
      if (failure != null) {
        text.append(told.isEmpty() ? "" : "; ").append(Texts.of(addresses.get(i))).append(": ");
        text.append(Texts.reason(failure));
        told.add(failure);
      }
    }
    ConnectException all = new ConnectException(text.toString());
    told.forEach(each -> Suppression.add(all, each));
    throw all;
  }

  private String whatFailed(int index) {
    String address = Texts.of(addresses.get(index));
    boolean named = addresses.get(index) instanceof InetSocketAddress && !host.equals(address);
    return "can't connect to " + host + (named ? " (" + address + ")" : "");
  }

  /** Gives up what is under way; and what was won, if nobody takes it. */
  void abandon() {
    stopTimer();
    List<Attempt> left = List.copyOf(open);
    open.clear();
    left.forEach(attempt -> attempt.transport.reset());
    if (winner != null) {
      winner.reset();
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private final class Attempt implements ReadyListener {
    private final int index;
    final Transport transport;

    Attempt(int index, Transport transport) {
      this.index = index;
      this.transport = transport;
    }

    @Override
    public void ready(int operations) {
      look();
    }

    /** Whether it stands. */
    void look() {
      try {
        if (!transport.finishConnect()) {
          return;
        }
        open.remove(this);
        winner = transport;
        stopTimer();
        List<Attempt> losers = List.copyOf(open);
        open.clear();
        losers.forEach(attempt -> attempt.transport.reset());
      } catch (IOException e) {
        open.remove(this);
        fail(index, e);
        if (!trying && index == next - 1) {
          tryNext();
        }
      }
      tellIfDecided();
    }

    @Override
    public void loopCloses() {
      open.remove(this);
    }

    @Override
    public String toString() {
      return "connecting to " + Texts.of(addresses.get(index));
    }
  }
}
