package io.fermata.internal.net.simulated;

import io.fermata.internal.net.simulated.TrafficLog.End;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** One datagram on its way. */
final class Datagram {
  final SimulatedDatagrams sender;
  final End from;
  final End to;
  final byte[] data;

  Datagram(SimulatedDatagrams sender, End from, End to, byte[] data) {
    this.sender = sender;
    this.from = from;
    this.to = to;
    this.data = data;
  }

  InetSocketAddress source() {
    return (InetSocketAddress) from.address();
  }

  InetSocketAddress target() {
    return (InetSocketAddress) to.address();
  }

  /** Whether it is for all who want it. */
  boolean isForMany() {
    InetAddress address = target().getAddress();
    return address.isMulticastAddress() || isBroadcast(address);
  }

  static boolean isBroadcast(InetAddress address) {
    return address.getHostAddress().equals("255.255.255.255");
  }
}
