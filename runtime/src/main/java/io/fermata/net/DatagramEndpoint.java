package io.fermata.net;

import io.fermata.AsyncIterable;
import io.fermata.AsyncIterator;
import io.fermata.AsyncScope;
import io.fermata.Awaitable;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.net.Buffers;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives datagrams (UDP). Given by {@link Net#openDatagramEndpoint}.
 *
 * <pre>{@code
 * try (DatagramEndpoint endpoint = await(openDatagramEndpoint(DatagramOptions.at(address)))) {
 *   for (Datagram question : endpoint) {
 *     await(endpoint.send(question.data(), question.sender()));
 *   }
 * }
 * }</pre>
 *
 * <p>The loop over it ends without an error when it is closed. What comes while nobody receives
 * stays with the system, which drops what is too much for it. One datagram is given to one
 * receiver, whole; one that was cancelled has taken none.
 *
 * <p><b>Thread.</b> The loop's. Several tasks may receive and send; they take turns.
 *
 * <p>asyncio: {@code create_datagram_endpoint}.
 */
public final class DatagramEndpoint implements AsyncScope, AsyncIterable<Datagram> {
  private final DatagramLink link;
  private final Map<Membership, Runnable> memberships = new HashMap<>();

  private record Membership(InetAddress group, NetworkInterface through) {}

  DatagramEndpoint(DatagramLink link) {
    this.link = link;
  }

  /**
   * Waits for the next datagram.
   *
   * <p>On an endpoint with one peer, the coroutine throws {@link PortUnreachableException}, once,
   * when the net says that nobody received what was sent.
   *
   * @return a coroutine that gives the whole of it
   */
  public ThrowingCoro<Datagram, IOException> receive() {
    return new Receive(this);
  }

  /**
   * Waits for the next datagram, and puts it into a buffer as far as there is room. See {@link
   * #receive}.
   *
   * @param target filled from its position on
   * @return a coroutine that tells how much came, from whom, and whether there was more
   * @throws IllegalArgumentException if the buffer is read-only
   */
  public ThrowingCoro<Received, IOException> receiveInto(ByteBuffer target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only: give one that can be filled.");
    }
    return new ReceiveInto(this, target);
  }

  /**
   * Sends a datagram to the endpoint's one peer; waits while the system has no room.
   *
   * @param data its bytes, not to be changed before the coroutine has ended
   * @return a coroutine that throws if it can't be sent: {@link PortUnreachableException} when the
   *     net says that nobody received what was sent before
   * @throws IllegalStateException if the endpoint has no peer of its own
   */
  public ThrowingCoro<Void, IOException> send(byte[] data) {
    return send(ByteBuffer.wrap(data));
  }

  /**
   * As {@link #send(byte[])}, what remains in a buffer.
   *
   * @param data its bytes
   * @return a coroutine that throws if it can't be sent
   * @throws IllegalStateException if the endpoint has no peer of its own
   */
  public ThrowingCoro<Void, IOException> send(ByteBuffer data) {
    if (link.remote == null) {
      throw new IllegalStateException(
          "the " + link + " has no peer of its own: say where the datagram goes.");
    }
    return new Send(this, Objects.requireNonNull(data, "data"), null);
  }

  /**
   * Sends a datagram; waits while the system has no room.
   *
   * @param data its bytes, not to be changed before the coroutine has ended
   * @param target where to
   * @return a coroutine that throws if it can't be sent: {@link java.net.UnknownHostException} if
   *     the target is unresolved, {@link java.net.SocketException} if it is an IPv6 address and the
   *     endpoint is at one of IPv4, or no IP address at all
   * @throws IllegalArgumentException if the endpoint has one peer, and this is another
   */
  public ThrowingCoro<Void, IOException> send(byte[] data, SocketAddress target) {
    return send(ByteBuffer.wrap(data), target);
  }

  /**
   * As {@link #send(byte[], SocketAddress)}, what remains in a buffer.
   *
   * @param data its bytes
   * @param target where to
   * @return a coroutine that throws if it can't be sent
   * @throws IllegalArgumentException if the endpoint has one peer, and this is another
   */
  public ThrowingCoro<Void, IOException> send(ByteBuffer data, SocketAddress target) {
    Objects.requireNonNull(target, "target");
    if (link.remote != null && !link.remote.equals(target)) {
      throw new IllegalArgumentException(
          "the "
              + link
              + " is connected to "
              + Texts.of(link.remote)
              + ", and can't send to "
              + Texts.of(target)
              + ": open one without a peer.");
    }
    return new Send(
        this, Objects.requireNonNull(data, "data"), link.remote == null ? target : null);
  }

  /**
   * Receives what is sent to a multicast group from now on. Again: no effect.
   *
   * @param group the group
   * @param through the network interface
   * @throws IOException if the group can't be joined
   */
  public void join(InetAddress group, NetworkInterface through) throws IOException {
    Membership membership = new Membership(group, through);
    if (!memberships.containsKey(membership)) {
      memberships.put(membership, link.transport().join(group, through));
    }
  }

  /**
   * Receives no more of what is sent to the group. Without effect if it was not joined.
   *
   * @param group the group
   * @param through the network interface
   */
  public void leave(InetAddress group, NetworkInterface through) {
    Runnable membership = memberships.remove(new Membership(group, through));
    if (membership != null) {
      membership.run();
    }
  }

  /** {@return where it receives, also after the end} */
  public SocketAddress localAddress() {
    return link.transport().localAddress();
  }

  /** Closes it: who waits gets {@link ConnectionClosedException}, and loops over it end. */
  @Override
  public void close() {
    link.loop.checkThread();
    link.close();
  }

  /** As {@link #close}: a datagram is sent or not, and nothing waits to be. */
  public void abort() {
    close();
  }

  /** Done at once: it is open. */
  @Override
  public Awaitable<?> enter() {
    return new Leave(null, null);
  }

  /** Closes it. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new Leave(link, thrown);
  }

  /** The datagrams until it is closed, for a loop in a coroutine; failures come unchecked. */
  @Override
  public AsyncIterator<Datagram> asyncIterator() {
    return new Datagrams(this);
  }

  @Override
  public String toString() {
    return "DatagramEndpoint["
        + Texts.of(localAddress())
        + (link.remote == null ? "" : " -> " + Texts.of(link.remote))
        + (link.isClosed() ? ", closed]" : "]");
  }

  /** Waits its turn at one side of the endpoint. */
  private abstract static class Operation<T extends @Nullable Object, X extends Exception>
      extends Continuation<T, X> {
    static final Object NOT_YET = new Object();
    private static final int WAITING = -2;

    /** Held so that nobody takes an endpoint for dropped that is used. */
    final DatagramEndpoint endpoint;

    private final Deque<Suspension> line;
    private final int operation;
    private @Nullable Suspension place;

    Operation(DatagramEndpoint endpoint, Deque<Suspension> line, int operation) {
      this.endpoint = endpoint;
      this.line = line;
      this.operation = operation;
    }

    /** The result, or {@link #NOT_YET}. */
    abstract @Nullable Object attempt() throws IOException;

    @Nullable Object closed() throws IOException {
      throw endpoint.link.closedHere();
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Suspension own = place;
      boolean first = own != null || line.isEmpty();
      try {
        if (state == WAITING) {
          received(sent);
        } else if (task.loop() != endpoint.link.loop) {
          throw new IllegalArgumentException(
              "the "
                  + endpoint.link
                  + " belongs to a different loop: open one on the loop that uses it.");
        }
        Object result = endpoint.link.isClosed() ? closed() : first ? attempt() : NOT_YET;
        if (result != NOT_YET) {
          leave(own);
          return ended(result);
        }
      } catch (Throwable t) {
        leave(own);
        throw t;
      }
      if (own == null) {
        own = new Suspension(purpose());
        place = own;
        line.add(own);
      }
      endpoint.link.want(operation, true);
      Object suspended = await(task, own, depth);
      state = WAITING;
      return suspended;
    }

    private void leave(@Nullable Suspension own) {
      if (own != null) {
        place = null;
        endpoint.link.leave(line, own);
      }
    }

    private Object purpose() {
      String what = operation == Transport.READ ? "a datagram at the " : "room to send from the ";
      return what + endpoint.link;
    }
  }

  /** Receives into the thread's buffer. */
  private abstract static class Receiving<T extends @Nullable Object, X extends Exception>
      extends Operation<T, X> {

    Receiving(DatagramEndpoint endpoint) {
      super(endpoint, endpoint.link.receivers, Transport.READ);
    }

    abstract @Nullable Object of(ByteBuffer data, SocketAddress sender);

    @Override
    @Nullable Object attempt() throws IOException {
      if (!endpoint.link.isReadable()) {
        return NOT_YET;
      }
      ByteBuffer data = Buffers.ofThread().toRead(Buffers.SIZE);
      SocketAddress sender = endpoint.link.receive(data);
      if (sender == null) {
        endpoint.link.nothingThere();
        return NOT_YET;
      }
      return of(data.flip(), sender);
    }
  }

  private static final class Receive extends Receiving<Datagram, IOException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT,
            "io.fermata.net.DatagramEndpoint",
            "receive",
            "DatagramEndpoint.java",
            "",
            "");

    Receive(DatagramEndpoint endpoint) {
      super(endpoint);
    }

    @Override
    Object of(ByteBuffer data, SocketAddress sender) {
      return datagram(data, sender);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static Datagram datagram(ByteBuffer data, SocketAddress sender) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return new Datagram(bytes, sender);
  }

  private static final class ReceiveInto extends Receiving<Received, IOException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT,
            "io.fermata.net.DatagramEndpoint",
            "receiveInto",
            "DatagramEndpoint.java",
            "",
            "");

    private @Nullable ByteBuffer target;

    ReceiveInto(DatagramEndpoint endpoint, ByteBuffer target) {
      super(endpoint);
      this.target = target;
    }

    @Override
    Object of(ByteBuffer data, SocketAddress sender) {
      ByteBuffer into = Objects.requireNonNull(target);
      int count = Math.min(data.remaining(), into.remaining());
      boolean truncated = data.remaining() > count;
      into.put(data.limit(data.position() + count));
      return new Received(count, sender, truncated);
    }

    @Override
    protected void clear() {
      target = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class Send extends Operation<Void, IOException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.DatagramEndpoint", "send", "DatagramEndpoint.java", "", "");

    private @Nullable ByteBuffer data;
    private @Nullable SocketAddress target;

    Send(DatagramEndpoint endpoint, ByteBuffer data, @Nullable SocketAddress target) {
      super(endpoint, endpoint.link.senders, Transport.WRITE);
      this.data = data;
      this.target = target;
    }

    @Override
    @Nullable Object attempt() throws IOException {
      return endpoint.link.send(Objects.requireNonNull(data), target) ? null : NOT_YET;
    }

    @Override
    protected void clear() {
      data = null;
      target = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** The iterator of the endpoint. */
  private static final class Datagrams implements AsyncIterator<Datagram> {
    private final DatagramEndpoint endpoint;
    private @Nullable Datagram current;

    Datagrams(DatagramEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public Awaitable<Boolean> moveNext() {
      return new Next(this);
    }

    @Override
    public Datagram current() {
      return Objects.requireNonNull(current, "the loop has no datagram");
    }

    private static final class Next extends Receiving<Boolean, RuntimeException> {
      private static final LineTable LINES =
          LineTable.of(
              CONTRACT,
              "io.fermata.net.DatagramEndpoint",
              "iterator",
              "DatagramEndpoint.java",
              "",
              "");

      private final Datagrams datagrams;

      Next(Datagrams datagrams) {
        super(datagrams.endpoint);
        this.datagrams = datagrams;
      }

      @Override
      Object of(ByteBuffer data, SocketAddress sender) {
        datagrams.current = datagram(data, sender);
        return true;
      }

      @Override
      Object closed() {
        return false;
      }

      @Override
      @Nullable Object attempt() {
        try {
          return super.attempt();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      protected LineTable lines() {
        return LINES;
      }
    }
  }

  /** Enters or leaves the block, without waiting. */
  private static final class Leave extends Continuation<@Nullable Throwable, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.DatagramEndpoint", "exit", "DatagramEndpoint.java", "", "");

    private final @Nullable DatagramLink toClose;
    private @Nullable Throwable thrown;

    Leave(@Nullable DatagramLink toClose, @Nullable Throwable thrown) {
      this.toClose = toClose;
      this.thrown = thrown;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
      if (toClose != null) {
        toClose.close();
      }
      return ended(thrown);
    }

    @Override
    protected void clear() {
      thrown = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
