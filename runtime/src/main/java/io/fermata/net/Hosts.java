package io.fermata.net;

import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.SystemNetwork;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Names of hosts, and their addresses. */
final class Hosts {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

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
    // What spells an address is never looked up: a name has no colon and no bracket.
    if (host.indexOf(':') >= 0 || host.startsWith("[") || IPV4.matcher(host).matches()) {
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
      boolean first = isIpv4(address) == isIpv4(addresses.get(0));
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

  static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
