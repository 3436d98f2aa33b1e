package io.fermata.internal.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How addresses are written, and which texts are some. */
public final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

  private Addresses() {}

  /** {@code 127.0.0.1:80}, {@code [::1]:80}, {@code unix:/tmp/socket}. */
  public static String text(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      if (inet.getAddress() == null) {
        return inet.getHostString() + ":" + inet.getPort();
      }
      String host = inet.getAddress().getHostAddress();
      return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
          + ":"
          + inet.getPort();
    }
    if (address instanceof UnixDomainSocketAddress unix) {
      return unix.getPath().toString().isEmpty() ? "unix:(unnamed)" : "unix:" + unix.getPath();
    }
    return String.valueOf(address);
  }

  /** Whether a host is an address and no name, which has no colon and no bracket. */
  public static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.startsWith("[") || IPV4.matcher(host).matches();
  }

  /** Whether it is one of IPv4. */
  public static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
