package io.fermata.internal.net.simulated;

import io.fermata.internal.net.Addresses;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which sockets of a machine are bound where, of those of one protocol. */
final class Ports<S> {
  private static final int FIRST = 32768;
  private static final int LAST = 60999;

  private record Bound<S>(InetSocketAddress address, boolean shared, S socket) {}

  private final Map<Integer, List<Bound<S>>> byPort = new HashMap<>();
  private int next = FIRST;

  /**
   * The address that a socket gets.
   *
   * @param wanted where; port 0 for any
   * @param shared whether others may have it too, if they say so
   * @throws BindException if it is taken
   */
  InetSocketAddress choose(InetSocketAddress wanted, boolean shared) throws BindException {
    if (wanted.getPort() != 0) {
      if (isTaken(wanted, shared)) {
        throw new BindException("Address already in use");
      }
      return wanted;
    }
    for (int i = FIRST; i <= LAST; i++) {
      InetSocketAddress chosen = new InetSocketAddress(wanted.getAddress(), next);
      next = next == LAST ? FIRST : next + 1;
      if (!isTaken(chosen, false)) {
        return chosen;
      }
    }
    throw new BindException("Cannot assign requested address");
  }

  private boolean isTaken(InetSocketAddress wanted, boolean shared) {
    for (Bound<S> bound : byPort.getOrDefault(wanted.getPort(), List.of())) {
      InetAddress taken = bound.address.getAddress();
      boolean meets = covers(taken, wanted.getAddress()) || covers(wanted.getAddress(), taken);
      if (meets && !(shared && bound.shared)) {
        return true;
      }
    }
    return false;
  }

  /** Whether who is bound to {@code bound} gets what is sent to {@code address}. */
  private static boolean covers(InetAddress bound, InetAddress address) {
    if (!bound.isAnyLocalAddress()) {
      return bound.equals(address);
    }
    return bound instanceof Inet6Address || Addresses.isIpv4(address);
  }

  /**
   * Binds a socket to an address that was chosen.
   *
   * @return gives it back
   */
  Runnable bind(InetSocketAddress address, boolean shared, S socket) {
    List<Bound<S>> ofPort = byPort.computeIfAbsent(address.getPort(), port -> new ArrayList<>(1));
    Bound<S> bound = new Bound<>(address, shared, socket);
    ofPort.add(bound);
    return () -> {
      ofPort.remove(bound);
      if (ofPort.isEmpty()) {
        byPort.remove(address.getPort(), ofPort);
      }
    };
  }

  /** Who gets what is sent there: those bound to the very address, else those bound to all. */
  List<S> at(InetAddress address, int port) {
    List<S> exact = new ArrayList<>();
    List<S> any = new ArrayList<>();
    for (Bound<S> bound : byPort.getOrDefault(port, List.of())) {
      if (covers(bound.address.getAddress(), address)) {
        (bound.address.getAddress().isAnyLocalAddress() ? any : exact).add(bound.socket);
      }
    }
    return exact.isEmpty() ? any : exact;
  }
}
