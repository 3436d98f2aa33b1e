package io.fermata.internal.net.simulated;

import io.fermata.internal.net.Addresses;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened on the network, the last of it. */
public final class TrafficLog {
  private static final int DEFAULT_KEPT = 1000;
  private static final int MAX_EXCERPT = 32;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** One end of what is told. */
  record End(Machine machine, SocketAddress address) {
    @Override
    public String toString() {
      return machine.name() + " " + Addresses.text(address);
    }
  }

  private static final byte[] NOTHING = {};

  private final Deque<Event> events = new ArrayDeque<>();
  private int kept = DEFAULT_KEPT;
  private long forgotten;

  TrafficLog() {}

  /** How many of the last events are kept from now on. */
  public void keep(int count) {
    kept = count;
    forgetOld();
  }

  void add(long time, String what) {
    add(new Event(time, null, null, what, NOTHING, -1));
  }

  void add(long time, End from, End to, String what) {
    add(new Event(time, from, to, what, NOTHING, -1));
  }

  /** Data that came, or did not. */
  void add(long time, End from, End to, String what, byte[] data) {
    byte[] shown = data.length <= MAX_EXCERPT ? data : Arrays.copyOf(data, MAX_EXCERPT);
    add(new Event(time, from, to, what, shown, data.length));
  }

  private void add(Event event) {
    events.add(event);
    forgetOld();
  }

  private void forgetOld() {
    while (events.size() > kept) {
      events.remove();
      forgotten++;
    }
  }

  /** The last events, one a line, each with its time since the network was first used. */
  public String text(int max) {
    int count = Math.min(max, events.size());
    long before = forgotten + events.size() - count;
    StringBuilder text = new StringBuilder();
    if (before > 0) {
      text.append("... ").append(before).append(before == 1 ? " event" : " events");
      text.append(" before\n");
    }
    Iterator<Event> all = events.iterator();
    for (int i = events.size(); i > 0; i--) {
      Event event = all.next();
      if (i <= count) {
        event.append(text);
      }
    }
    return text.toString();
  }

  static String seconds(long nanos) {
    return String.format(
        Locale.ROOT, "%d.%09d", nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
  }

  /** One event. */
  private static final class Event {
    private final long time;

    /** Who sent; null for what the test did. */
    private final @Nullable End from;

    private final @Nullable End to;
    private final String what;

    /** What was sent, as far as it is shown. */
    private final byte[] data;

    /** How much was sent; -1 for what has no size. */
    private final int size;

    Event(long time, @Nullable End from, @Nullable End to, String what, byte[] data, int size) {
      this.time = time;
      this.from = from;
      this.to = to;
      this.what = what;
      this.data = data;
      this.size = size;
    }

    void append(StringBuilder text) {
      text.append(seconds(time)).append("  ");
      if (from != null) {
        text.append(from).append(" -> ").append(to).append("  ");
      }
      text.append(what);
      if (size >= 0) {
        text.append(what.isEmpty() ? "" : " ").append(size).append(size == 1 ? " byte" : " bytes");
      }
      if (size > 0) {
        text.append("  \"");
        for (byte each : data) {
          append(each, text);
        }
        text.append(size > data.length ? "\"..." : "\"");
      }
      text.append('\n');
    }

    private static void append(byte each, StringBuilder text) {
      switch (each) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '"', '\\' -> text.append('\\').append((char) each);
        default -> {
          boolean printable = each >= ' ' && each < 127;
          text.append(
              printable
                  ? String.valueOf((char) each)
                  : String.format(Locale.ROOT, "\\x%02x", each));
        }
      }
    }
  }
}
