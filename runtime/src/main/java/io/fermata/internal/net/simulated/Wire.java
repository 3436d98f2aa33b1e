package io.fermata.internal.net.simulated;

import io.fermata.TimerHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: what was sent and has not arrived, in order. While the route is
 * blocked, what would arrive waits; when it is open again, it arrives a latency later.
 */
final class Wire {
  private static final byte[] NOTHING = {};

  /** What is sent. */
  enum Kind {
    CONNECT("connects"),
    ACCEPTED("accepted"),
    REFUSED("refused"),
    DATA(""),
    END("end"),
    RESET("reset");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Where it arrives. */
  interface Receiver {
    void arrives(Kind kind, byte[] data);
  }

  private static final class Segment {
    final Kind kind;
    final byte[] data;
    final long due;

    Segment(Kind kind, byte[] data, long due) {
      this.kind = kind;
      this.data = data;
      this.due = due;
    }
  }

  private final Simulation simulation;
  private final Route route;
  private final TrafficLog.End from;
  private final TrafficLog.End to;
  private final Receiver receiver;
  private final Deque<Segment> flying = new ArrayDeque<>(2);
  private long lastDue;

  /** When a route that was blocked lets the first one through. */
  private long opens;

  private @Nullable TimerHandle timer;
  private boolean delivering;
  private boolean held;

  /** Who is told, once, when so many bytes have arrived. */
  private long cutAt = Long.MAX_VALUE;

  private @Nullable Runnable whenCut;
  private long arrived;

  Wire(Route route, TrafficLog.End from, TrafficLog.End to, Receiver receiver) {
    this.simulation = route.from.simulation();
    this.route = route;
    this.from = from;
    this.to = to;
    this.receiver = receiver;
  }

  Route route() {
    return route;
  }

  /** From now on {@code bytes} bytes arrive, and no more: then {@code action} runs. */
  void cutAfter(long bytes, Runnable action) {
    cutAt = arrived + bytes;
    whenCut = action;
  }

  void send(Kind kind) {
    send(kind, NOTHING);
  }

  void send(Kind kind, byte[] data) {
    long due = Math.max(lastDue, route.leaves(data.length) + route.delay());
    lastDue = due;
    flying.add(new Segment(kind, data, due));
    deliver();
  }

  /** How much is on its way. */
  int size() {
    return flying.stream().mapToInt(segment -> segment.data.length).sum();
  }

  /** Whether something waits for its route to be open again. */
  boolean isHeld() {
    return held;
  }

  private void hold() {
    if (!held) {
      held = true;
      simulation.whenHealed(
          () -> {
            held = false;
            if (!route.isBlocked()) {
              opens = simulation.now() + route.delay();
            }
            deliver();
          });
    }
  }

  /** Hands over what is due. Segments are due in order, whatever order timers ring in. */
  private void deliver() {
    if (delivering) {
      return; // who delivers goes on with what was sent meanwhile
    }
    delivering = true;
    try {
      for (Segment first; (first = flying.peek()) != null && isDue(first); ) {
        if (route.isBlocked()) {
          hold();
          return;
        }
        flying.remove();
        arrives(first);
      }
    } finally {
      delivering = false;
    }
    setTimer();
  }

  private boolean isDue(Segment segment) {
    return Math.max(segment.due, opens) <= simulation.now();
  }

  private void setTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    Segment first = flying.peek();
    if (first != null) {
      timer = simulation.loop().callAt(Math.max(first.due, opens), this::deliver);
    }
  }

  private void arrives(Segment segment) {
    if (segment.kind != Kind.DATA) {
      simulation.log(from, to, segment.kind.text);
      receiver.arrives(segment.kind, segment.data);
      return;
    }
    int count = (int) Math.min(segment.data.length, cutAt - arrived);
    boolean whole = count == segment.data.length;
    byte[] data = whole ? segment.data : Arrays.copyOf(segment.data, count);
    arrived += count;
    if (count > 0) {
      simulation.log(from, to, Kind.DATA.text, data);
      receiver.arrives(Kind.DATA, data);
    }
    if (!whole && whenCut != null) {
      Runnable action = whenCut;
      whenCut = null;
      cutAt = Long.MAX_VALUE;
      action.run();
    }
  }
}
