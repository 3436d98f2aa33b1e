package io.fermata.internal.net.simulated;

import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.simulated.Route.Cut;
import io.fermata.internal.net.simulated.TrafficLog.End;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all hosts of a simulated network share: chance, time, settings, and the log. */
public final class Simulation {
  private static final int DEFAULT_BUFFER = 128 * 1024;
  private static final int LARGEST_SEGMENT = 64 * 1024;
  private static final int MAX_LOG2_OF_CUT = 14;
  private static final List<InetAddress> LOOPBACKS = List.of(address("127.0.0.1"), address("::1"));
  private static final List<InetAddress> ANY = List.of(address("0.0.0.0"), address("::"));

  /** Told which loop is used. */
  public interface Observer {
    /** The network is used for the first time. */
    void usedBy(EventLoop loop);
  }

  private final long seed;
  private final Observer observer;
  final Draws draws;
  private final TrafficLog log = new TrafficLog();

  private final Map<String, Machine> byName = new LinkedHashMap<>();
  private final Map<InetAddress, Machine> byAddress = new HashMap<>();
  private final Map<Machine, Map<Machine, Route>> routes = new LinkedHashMap<>();
  private final Set<OpenSocket> open = new LinkedHashSet<>();
  private final Set<String> unknownNames = new LinkedHashSet<>();
  private List<Runnable> whenHealed = new ArrayList<>();

  private @Nullable EventLoop loop;
  private long start;

  // Settings.
  private Latency latency = Latency.NONE;
  private Latency lookUpDelay = Latency.NONE;
  private long bandwidth;
  private int minSegment;
  private int maxSegment;
  private int sendBuffer = DEFAULT_BUFFER;
  private int receiveBuffer = DEFAULT_BUFFER;
  private double loss;
  private double doubling;
  private double reordering;
  private double faultRate;
  private List<Fate> faults = List.of();

  /** One whose chances all come from the seed. */
  public Simulation(long seed, Observer observer) {
    this.seed = seed;
    this.observer = observer;
    this.draws = new Draws(seed);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal + " is not an address.", e);
    }
  }

  static InetAddress loopback(boolean ipv4) {
    return LOOPBACKS.get(ipv4 ? 0 : 1);
  }

  static InetAddress any(boolean ipv4) {
    return ANY.get(ipv4 ? 0 : 1);
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  // Time.

  /** The loop that uses the network: always the same one. */
  EventLoop loop() {
    EventLoop running = EventLoop.running();
    if (running != loop) {
      use(running);
    }
    return running;
  }

  private void use(EventLoop running) {
    if (loop != null) {
      throw new IllegalStateException(
          "the simulated network with seed "
              + seed
              + " was used by another loop: make one for each run.");
    }
    loop = running;
    start = running.time();
    observer.usedBy(running);
  }

  long now() {
    return loop().time();
  }

  /** At once, if there is nothing to wait for. */
  void after(long nanos, Runnable action) {
    if (nanos == 0) {
      action.run();
    } else {
      loop().callLater(Duration.ofNanos(nanos), action);
    }
  }

  // The log.

  /** What happened. */
  public TrafficLog log() {
    return log;
  }

  /** Notes what the test did, or the net by itself. */
  void log(String what) {
    log.add(elapsed(), what);
  }

  void log(End from, End to, String what) {
    log.add(elapsed(), from, to, what);
  }

  void log(End from, End to, String what, byte[] data) {
    log.add(elapsed(), from, to, what, data);
  }

  private long elapsed() {
    return loop == null ? 0 : loop.time() - start;
  }

  // Hosts and routes.

  /**
   * Adds a host.
   *
   * @throws IllegalArgumentException if the name or an address is taken, or an address is none
   */
  public Machine add(String name, List<String> literals) {
    String key = name.toLowerCase(Locale.ROOT);
    if (name.isEmpty() || key.equals("localhost") || byName.containsKey(key)) {
      throw new IllegalArgumentException(
          "a host named \"" + name + "\" can't be added: give it a name of its own.");
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : literals) {
      addresses.add(freeAddress(literal));
    }
    Machine machine = new Machine(this, name, List.copyOf(addresses));
    byName.put(key, machine);
    addresses.forEach(each -> byAddress.put(each, machine));
    return machine;
  }

  private InetAddress freeAddress(String literal) {
    if (!Addresses.isLiteral(literal)) {
      throw new IllegalArgumentException(
          "\"" + literal + "\" is not an address: give one as \"10.0.0.1\" or \"fd00::1\".");
    }
    InetAddress address = address(literal);
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      throw new IllegalArgumentException(
          "a host can't be given the address " + literal + ": give it one of its own.");
    }
    if (byAddress.containsKey(address)) {
      throw new IllegalArgumentException(
          "the address " + literal + " is that of " + byAddress.get(address) + ": give another.");
    }
    return address;
  }

  List<Machine> machines() {
    return List.copyOf(byName.values());
  }

  /** Who has an address, seen from a machine; null for nobody. */
  @Nullable Machine machineAt(Machine from, InetAddress address) {
    return from.owns(address) ? from : byAddress.get(address);
  }

  List<InetAddress> addressesOf(String host) throws UnknownHostException {
    String key = host.toLowerCase(Locale.ROOT);
    if (key.equals("localhost")) {
      return LOOPBACKS;
    }
    Machine machine = byName.get(key);
    if (machine == null || unknownNames.contains(key)) {
      throw new UnknownHostException(host + ": Name or service not known");
    }
    return machine.addresses().isEmpty() ? LOOPBACKS : machine.addresses();
  }

  /** Has look-ups of a name fail. */
  public void failLookUps(String host) {
    unknownNames.add(host.toLowerCase(Locale.ROOT));
  }

  Route route(Machine from, Machine to) {
    return routes
        .computeIfAbsent(from, each -> new LinkedHashMap<>())
        .computeIfAbsent(to, each -> new Route(this, from, to));
  }

  private Route checkedRoute(Machine from, Machine to) {
    if (from.simulation() != this || to.simulation() != this) {
      throw new IllegalArgumentException(
          "the hosts " + from + " and " + to + " are not both of this simulated network.");
    }
    return route(from, to);
  }

  // Settings.

  /** Of all routes between hosts. */
  public void latency(Duration min, Duration max) {
    latency = Latency.between(min, max);
  }

  /** Of one route. */
  public void latency(Machine from, Machine to, Duration min, Duration max) {
    checkedRoute(from, to).latency(Latency.between(min, max));
  }

  /** Of all routes between hosts, in bytes a second. */
  public void bandwidth(long bytesPerSecond) {
    bandwidth = bytesPerSecond;
  }

  /** Of one route. */
  public void bandwidth(Machine from, Machine to, long bytesPerSecond) {
    checkedRoute(from, to).bandwidth(bytesPerSecond);
  }

  /** The sizes of segments, which are kept apart from then on. */
  public void segments(int min, int max) {
    minSegment = min;
    maxSegment = max;
  }

  /** The sizes of a connection's buffers. */
  public void buffers(int send, int receive) {
    sendBuffer = send;
    receiveBuffer = receive;
  }

  /** How long look-ups take. */
  public void lookUpDelay(Duration min, Duration max) {
    lookUpDelay = Latency.between(min, max);
  }

  /** What happens to datagrams between hosts. */
  public void datagramRates(double lost, double doubled, double reordered) {
    loss = lost;
    doubling = doubled;
    reordering = reordered;
  }

  /** What goes wrong with new connections. */
  public void faults(double rate, List<Fate> kinds) {
    faultRate = rate;
    faults = List.copyOf(kinds);
  }

  Latency latency() {
    return latency;
  }

  long bandwidth() {
    return bandwidth;
  }

  Latency lookUpDelay() {
    return lookUpDelay;
  }

  int sendBuffer() {
    return sendBuffer;
  }

  int receiveBuffer() {
    return receiveBuffer;
  }

  boolean keepsSegmentsApart() {
    return maxSegment > 0;
  }

  int segmentSize() {
    return maxSegment == 0 ? LARGEST_SEGMENT : (int) draws.between(minSegment, maxSegment);
  }

  double loss() {
    return loss;
  }

  double doubling() {
    return doubling;
  }

  double reordering() {
    return reordering;
  }

  // What goes wrong.

  /** What becomes of a new connection; null if nothing is amiss. */
  @Nullable Fate fateOf(Route route, SimulatedTransport client, Wire wire) {
    cutAsSet(route, client, wire);
    if (!draws.happens(faultRate)) {
      return null;
    }
    Fate fate = draws.oneOf(faults);
    if (fate == Fate.RESET || fate == Fate.ENDED) {
      long below = 1L << draws.between(0, MAX_LOG2_OF_CUT);
      long bytes = draws.between(0, below);
      if (draws.happens(0.5)) {
        wire.cutAfter(bytes, () -> client.cut(fate));
      } else {
        client.cutBackAfter(bytes, fate);
      }
    }
    return fate;
  }

  /** Has a wire cut where its route says. */
  void cutAsSet(Route route, SimulatedTransport end, Wire wire) {
    Cut cut = route.cut();
    if (cut != null) {
      wire.cutAfter(cut.bytes(), () -> end.cut(cut.how()));
    }
  }

  /** Cuts connections that are opened from now on. */
  public void cutAfter(Machine from, Machine to, long bytes, Fate how) {
    checkedRoute(from, to).cut(new Cut(bytes, how));
    log(from + " -> " + to + ": connections are cut after " + bytes + " bytes");
  }

  /** Nothing arrives from one host at the other. */
  public void partition(Machine from, Machine to) {
    checkedRoute(from, to).partition();
    log(from + " -> " + to + ": partition");
  }

  /** Less bandwidth than it has. */
  public void slow(Machine from, Machine to, long bytesPerSecond) {
    checkedRoute(from, to).slow(bytesPerSecond);
    log(from + " -> " + to + ": slowed to " + bytesPerSecond + " bytes a second");
  }

  /** Takes back what went wrong between two hosts. */
  public void heal(Machine a, Machine b) {
    checkedRoute(a, b).heal();
    checkedRoute(b, a).heal();
    log(a + " <-> " + b + ": healed");
    tellHealed();
  }

  /** Takes back all that went wrong. */
  public void heal() {
    byName.values().forEach(Machine::heal);
    routes.values().forEach(each -> each.values().forEach(Route::heal));
    unknownNames.clear();
    log("healed");
    tellHealed();
  }

  private void tellHealed() {
    List<Runnable> waiting = whenHealed;
    whenHealed = new ArrayList<>();
    waiting.forEach(Runnable::run);
  }

  /** Runs once when something was healed. */
  void whenHealed(Runnable action) {
    whenHealed.add(action);
  }

  /** Resets connections: all, those of a host, or those between two. */
  public void reset(@Nullable Machine one, @Nullable Machine other) {
    for (OpenSocket each : List.copyOf(open)) {
      if (each instanceof SimulatedTransport transport && transport.isBetween(one, other)) {
        transport.cut(Fate.RESET);
      }
    }
  }

  // What is open.

  void opened(OpenSocket socket) {
    open.add(socket);
  }

  void closed(OpenSocket socket) {
    open.remove(socket);
  }

  /** What is open, of one host or of all, in the order in which it was opened. */
  public List<String> open(@Nullable Machine of) {
    return open.stream()
        .filter(socket -> of == null || socket.machine() == of)
        .map(OpenSocket::description)
        .toList();
  }

  /** The loop was closed: what is open is reported, and closed with it. */
  public void loopCloses() {
    for (OpenSocket socket : List.copyOf(open)) {
      Objects.requireNonNull(loop)
          .callExceptionHandler(
              new ExceptionContext(
                  "a socket of the simulated network was open when its loop was closed, and is"
                      + " closed with it: close it before the loop ends",
                  null,
                  null,
                  null,
                  socket.purpose(),
                  null));
      socket.loopCloses();
    }
    open.clear();
  }
}
