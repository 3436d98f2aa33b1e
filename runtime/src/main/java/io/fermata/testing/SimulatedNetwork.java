package io.fermata.testing;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.RunOptions;
import io.fermata.ThrowingCoro;
import io.fermata.internal.net.simulated.Fate;
import io.fermata.internal.net.simulated.Simulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network of hosts that exists in memory only, to test clients and servers with: the ordinary
 * functions of {@code io.fermata.net} run on it unchanged, with the same readers, writers and
 * servers, and connections take the time, and meet the accidents, that the test gives them.
 *
 * <pre>{@code
 * SimulatedNetwork net = SimulatedNetwork.seeded(42)
 *     .latency(ofMillis(20), ofMillis(80))        // of each segment; their order is kept
 *     .segments(1, 1400);                         // how much a read gives
 * net.run(AppTestAsync.losesItsDatabase(net));
 *
 * @Coroutine
 * static void losesItsDatabase(SimulatedNetwork net) {
 *   Host db = net.host("db", "10.0.0.2");
 *   Host app = net.host("app", "10.0.0.1");
 *   try (TaskGroup group = TaskGroup.open()) {
 *     db.createTask(group, DbAsync.serve(5432));  // startServer(…), as ever
 *     app.createTask(group, AppAsync.main());     // openConnection("db", 5432)
 *     await(sleep(ofMinutes(10)));
 *     net.partition(app, db);
 *     await(sleep(ofMinutes(1)));
 *     net.heal();
 *     await(sleep(ofMinutes(1)));
 *     group.cancel();
 *   }
 * }
 * }</pre>
 *
 * <p><b>Chance and time.</b> All chance comes from the seed, all time from the loop that runs, so
 * the same seed gives the same run to the byte. {@link #run} runs a {@link VirtualTimeLoop}, in
 * which a day passes in milliseconds; any other loop will do too. No socket of the system's is
 * opened, no selector and no thread, and nothing gets out: an address that no host has is refused.
 *
 * <p><b>When a test fails</b>, its failure carries the seed and the last events of the network, as
 * a suppressed exception that stands in its stack trace; so does the failure of a task that {@link
 * Host#createTask} has made. A {@link DeadlockException} names the connections that are open.
 * {@link #log} gives all events.
 *
 * <p><b>Failures</b> are those of real sockets on Linux, by type and message. What is written goes
 * into buffers of bounded size, so that {@code drain} waits for a peer that does not read. What is
 * sent into a partition waits there, as if it were sent again and again; a connect gives up after
 * 127 seconds.
 *
 * <p><b>Thread.</b> One network belongs to the first loop that uses it, and to its thread; its
 * methods are called there, or before.
 */
public final class SimulatedNetwork {
  private final Simulation simulation;

  private SimulatedNetwork(long seed) {
    simulation = new Simulation(seed, this::usedBy);
  }

  /** A virtual loop tells of the network when it is stuck, and when it is closed. */
  private void usedBy(EventLoop loop) {
    if (loop instanceof VirtualTimeLoop virtual) {
      virtual.attach(simulation);
    }
  }

  /**
   * {@return a network without hosts, without latency, and with no limit to its bandwidth}
   *
   * @param seed where all chance comes from
   */
  public static SimulatedNetwork seeded(long seed) {
    return new SimulatedNetwork(seed);
  }

  /** {@return the seed} */
  public long seed() {
    return simulation.seed();
  }

  // How it is made.

  /**
   * Adds a host.
   *
   * @param name its name, which look-ups on other hosts find
   * @param addresses its addresses, such as {@code "10.0.0.2"} or {@code "fd00::2"}; none for a
   *     host that only its own code can reach, as {@code localhost}
   * @return the host
   * @throws IllegalArgumentException if the name or an address is taken, or an address is none
   */
  public Host host(String name, String... addresses) {
    return new Host(this, simulation, simulation.add(name, List.of(addresses)));
  }

  /**
   * How long what is sent is on its way between hosts: for each segment another time between these
   * two; the order of a connection's segments is kept.
   *
   * @param min the shortest
   * @param max the longest
   * @return this
   * @throws IllegalArgumentException if {@code min} is negative or longer than {@code max}
   */
  public SimulatedNetwork latency(Duration min, Duration max) {
    simulation.latency(min, max);
    return this;
  }

  /**
   * As {@link #latency(Duration, Duration)}, between two hosts, or on one host's loopback.
   *
   * @param a a host
   * @param b the other, or the same
   * @param min the shortest
   * @param max the longest
   * @return this
   * @throws IllegalArgumentException if {@code min} is negative or longer than {@code max}
   */
  public SimulatedNetwork latency(Host a, Host b, Duration min, Duration max) {
    simulation.latency(a.machine(), b.machine(), min, max);
    simulation.latency(b.machine(), a.machine(), min, max);
    return this;
  }

  /**
   * How much goes from one host to another in a second. All that is sent on the way from the one to
   * the other shares it.
   *
   * @param bytesPerSecond how many bytes; 0 for no limit
   * @return this
   */
  public SimulatedNetwork bandwidth(long bytesPerSecond) {
    simulation.bandwidth(checkNotNegative(bytesPerSecond));
    return this;
  }

  /**
   * As {@link #bandwidth(long)}, between two hosts.
   *
   * @param a a host
   * @param b the other
   * @param bytesPerSecond how many bytes; 0 for no limit
   * @return this
   */
  public SimulatedNetwork bandwidth(Host a, Host b, long bytesPerSecond) {
    simulation.bandwidth(a.machine(), b.machine(), checkNotNegative(bytesPerSecond));
    simulation.bandwidth(b.machine(), a.machine(), bytesPerSecond);
    return this;
  }

  /**
   * Sends everything in segments of these sizes, and has each read give one of them at most: code
   * that takes a read for a message fails. Without it, a read gives all that is there.
   *
   * @param min the fewest bytes; 1 and 1 for byte by byte
   * @param max the most bytes
   * @return this
   * @throws IllegalArgumentException if {@code min} is less than 1 or more than {@code max}
   */
  public SimulatedNetwork segments(int min, int max) {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException(
          "there are no segments of " + min + " to " + max + " bytes: give two sizes from 1 on.");
    }
    simulation.segments(min, max);
    return this;
  }

  /**
   * How much each connection keeps that the peer has no room for, and that nobody has read; 128 KiB
   * each, where options of the socket don't say otherwise.
   *
   * @param send bytes of the buffer for sending
   * @param receive bytes of the buffer for receiving
   * @return this
   * @throws IllegalArgumentException if one is less than 1
   */
  public SimulatedNetwork buffers(int send, int receive) {
    if (send < 1 || receive < 1) {
      throw new IllegalArgumentException("a buffer needs a byte at least.");
    }
    simulation.buffers(send, receive);
    return this;
  }

  /**
   * How long look-ups of names take.
   *
   * @param min the shortest
   * @param max the longest
   * @return this
   * @throws IllegalArgumentException if {@code min} is negative or longer than {@code max}
   */
  public SimulatedNetwork lookUpDelay(Duration min, Duration max) {
    simulation.lookUpDelay(min, max);
    return this;
  }

  /**
   * What becomes of datagrams between hosts. Those that are not reordered arrive in order.
   *
   * @param lost the part that gets lost, 0 to 1
   * @param doubled the part that arrives twice
   * @param reordered the part that arrives up to 100 ms late, while others overtake it
   * @return this
   * @throws IllegalArgumentException if a rate is not between 0 and 1
   */
  public SimulatedNetwork datagrams(double lost, double doubled, double reordered) {
    simulation.datagramRates(checkRate(lost), checkRate(doubled), checkRate(reordered));
    return this;
  }

  /**
   * Has a part of the TCP connections that are opened from now on go wrong, by chance.
   *
   * @param rate the part, 0 to 1
   * @param kinds how, each as often as the others; none given: in each way
   * @return this
   * @throws IllegalArgumentException if the rate is not between 0 and 1
   */
  public SimulatedNetwork faults(double rate, ConnectionFault... kinds) {
    ConnectionFault[] chosen = kinds.length == 0 ? ConnectionFault.values() : kinds;
    simulation.faults(
        checkRate(rate), Arrays.stream(chosen).map(each -> Fate.valueOf(each.name())).toList());
    return this;
  }

  /**
   * How many of the last events {@link #log} gives; 1,000 at first.
   *
   * @param events how many
   * @return this
   */
  public SimulatedNetwork keepLog(int events) {
    simulation.log().keep((int) checkNotNegative(events));
    return this;
  }

  private static long checkNotNegative(long number) {
    if (number < 0) {
      throw new IllegalArgumentException(number + " is negative: give 0 or more.");
    }
    return number;
  }

  private static double checkRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate of " + rate + " is none: give 0 to 1.");
    }
    return rate;
  }

  // What goes wrong, until it is healed.

  /**
   * Has nothing arrive between two hosts, in either direction. Connections stay open, and what is
   * sent arrives when the partition is {@linkplain #heal() healed}; reset them before it if it is
   * not to. Datagrams are lost.
   *
   * @param a a host
   * @param b the other
   */
  public void partition(Host a, Host b) {
    partitionOneWay(a, b);
    partitionOneWay(b, a);
  }

  /**
   * As {@link #partition}, in one direction.
   *
   * @param from from which host nothing arrives
   * @param to where nothing arrives
   */
  public void partitionOneWay(Host from, Host to) {
    simulation.partition(from.machine(), to.machine());
  }

  /**
   * Has a host refuse who wants to connect, as if nobody listened.
   *
   * @param host the host
   */
  public void refuse(Host host) {
    host.machine().refuse();
  }

  /**
   * Has nothing arrive at a host, and nothing that it sends: who connects waits.
   *
   * @param host the host
   */
  public void blackHole(Host host) {
    host.machine().goDark();
  }

  /**
   * Has each connection that is opened from now on be reset, at both ends, when more than so many
   * bytes come from one host to the other.
   *
   * @param from who sends, whoever has connected
   * @param to who receives
   * @param bytes how many bytes arrive
   */
  public void cutAfterBytes(Host from, Host to, long bytes) {
    simulation.cutAfter(from.machine(), to.machine(), checkNotNegative(bytes), Fate.RESET);
  }

  /**
   * As {@link #cutAfterBytes}, but both ends read the end of the stream, as if the peer had closed.
   *
   * @param from who sends, whoever has connected
   * @param to who receives
   * @param bytes how many bytes arrive
   */
  public void endAfterBytes(Host from, Host to, long bytes) {
    simulation.cutAfter(from.machine(), to.machine(), checkNotNegative(bytes), Fate.ENDED);
  }

  /**
   * Has little go between two hosts, in each direction.
   *
   * @param a a host
   * @param b the other
   * @param bytesPerSecond how many bytes
   * @throws IllegalArgumentException if it is less than 1
   */
  public void slow(Host a, Host b, long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          bytesPerSecond + " bytes a second is no speed: give 1 or more, or use partition.");
    }
    simulation.slow(a.machine(), b.machine(), bytesPerSecond);
    simulation.slow(b.machine(), a.machine(), bytesPerSecond);
  }

  /**
   * Has a host open and accept nothing more, as if its descriptors were used up.
   *
   * @param host the host
   */
  public void exhaustDescriptors(Host host) {
    host.machine().exhaust();
  }

  /**
   * Has look-ups of a name fail.
   *
   * @param name the name
   */
  public void failLookUps(String name) {
    simulation.failLookUps(name);
  }

  /** Takes back all that the methods from {@link #partition} to {@link #failLookUps} have done. */
  public void heal() {
    simulation.heal();
  }

  /**
   * Takes back what went wrong between two hosts: partitions, cuts and slowness.
   *
   * @param a a host
   * @param b the other
   */
  public void heal(Host a, Host b) {
    simulation.heal(a.machine(), b.machine());
  }

  /** Resets all connections, at both ends. */
  public void resetAll() {
    simulation.reset(null, null);
  }

  /**
   * Resets all connections of a host, at both ends.
   *
   * @param host the host
   */
  public void resetAll(Host host) {
    simulation.reset(host.machine(), null);
  }

  /**
   * Resets all connections between two hosts, at both ends.
   *
   * @param a a host
   * @param b the other
   */
  public void resetAll(Host a, Host b) {
    simulation.reset(a.machine(), b.machine());
  }

  // Running, and what is seen.

  /**
   * Runs a coroutine that steers the network, and runs on no host itself, with a {@link
   * VirtualTimeLoop} that has the network's seed; closes the loop. See {@link
   * Async#run(Awaitable)}.
   *
   * @param <T> type of the value
   * @param main a coroutine, or a user's own awaitable
   * @return what {@code main} gives
   */
  public <T extends @Nullable Object> T run(Awaitable<T> main) {
    return Async.run(
        new Simulated<>(simulation, new Nowhere(), main),
        RunOptions.DEFAULT.withLoopFactory(() -> new VirtualTimeLoop(seed())));
  }

  /**
   * As {@link #run(Awaitable)}, for a coroutine that declares a checked exception.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param main a coroutine
   * @return what {@code main} gives
   * @throws X as the coroutine declares it
   */
  public <T extends @Nullable Object, X extends Throwable> T run(ThrowingCoro<T, X> main) throws X {
    return run((Awaitable<T>) main);
  }

  /**
   * {@return what happened, an event a line: the seconds since the network was first used, and what
   * came from whom and where, with its first bytes, or what the test did}
   */
  public String log() {
    return simulation.log().text(Integer.MAX_VALUE);
  }

  /** {@return the sockets that are open on all hosts, a line for each} */
  public List<String> openSockets() {
    return simulation.open(null);
  }

  @Override
  public String toString() {
    return "SimulatedNetwork[seed=" + seed() + ", open=" + openSockets().size() + "]";
  }
}
