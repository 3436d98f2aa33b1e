package io.fermata.net;

import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.SystemNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Names of hosts, and their addresses. */
final class Hosts {
  private Hosts() {}

  /** The network of the running code. */
  static Network network() {
    return Network.CURRENT.orElse(SystemNetwork.INSTANCE);
  }

  /** The addresses of a name, or the one that it spells. */
  static Awaitable<List<InetAddress>> lookUp(String host) throws UnknownHostException {
    if (host.isEmpty()) {
      throw new UnknownHostException("a host without a name: give one, or \"localhost\"");
    }
    if (Addresses.isLiteral(host)) {
      EventLoop loop = EventLoop.running();
      var promise = loop.<List<InetAddress>>createPromise();
      promise.complete(List.of(InetAddress.getByName(host)));
      return promise;
    }
    return network().lookUp(host);
  }

  /** The families by turns, that of the first address first. */
  static List<InetAddress> interleaved(List<InetAddress> addresses) {
    Deque<InetAddress> ofFirstFamily = new ArrayDeque<>();
    Deque<InetAddress> others = new ArrayDeque<>();
    for (InetAddress address : addresses) {
      boolean first = Addresses.isIpv4(address) == Addresses.isIpv4(addresses.get(0));
      (first ? ofFirstFamily : others).add(address);
    }
    List<InetAddress> mixed = new ArrayList<>();
    while (!ofFirstFamily.isEmpty() || !others.isEmpty()) {
      if (!ofFirstFamily.isEmpty()) {
        mixed.add(ofFirstFamily.remove());
      }
      if (!others.isEmpty()) {
        mixed.add(others.remove());
      }
    }
    return mixed;
  }
}
