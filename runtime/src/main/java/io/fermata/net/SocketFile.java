package io.fermata.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file in which a Unix socket listens. */
final class SocketFile {
  private final Path path;
  private final @Nullable Object key;

  private SocketFile(Path path, @Nullable Object key) {
    this.path = path;
    this.key = key;
  }

  /** The file that was just made by listening there; null where there is none. */
  static @Nullable SocketFile of(UnixDomainSocketAddress address) {
    try {
      return new SocketFile(address.getPath(), attributes(address.getPath()).fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes room for a socket where another one died.
   *
   * @param taken what is thrown if it is alive, or the file is no socket
   */
  static void removeDead(UnixDomainSocketAddress address, BindException taken) throws IOException {
    Path path = address.getPath();
    try {
      if (!attributes(path).isOther() || isAlive(address)) {
        throw taken;
      }
      Files.deleteIfExists(path);
    } catch (NoSuchFileException e) {
      // gone meanwhile
    }
  }

  private static boolean isAlive(UnixDomainSocketAddress address) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a listener with many who wait would hold us up
      probe.connect(address);
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Removes it, unless somebody has put another one there. */
  void remove() throws IOException {
    try {
      if (Objects.equals(attributes(path).fileKey(), key)) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      // gone already
    }
  }
}
