package io.fermata;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Marks of the user's own in the timeline that {@link RunOptions#withTrace} or {@code
 * -Dfermata.trace=…} records. Where nothing is recorded, and outside of loops, they do nothing and
 * cost a few nanoseconds, so they may stay in the code.
 *
 * <pre>{@code
 * Trace.mark("cache miss");
 *
 * try (Trace.Span loading = Trace.span("load the order")) {
 *   return await(orders.load(id));       // the span holds across the await
 * }
 * }</pre>
 *
 * <p>A mark or span belongs to the task that sets it. <b>Thread.</b> Any; threads that run no loop
 * leave no mark.
 */
public final class Trace {
  private Trace() {}

  /**
   * Marks this moment.
   *
   * @param text what the timeline shows; the first 500 characters are kept
   */
  public static void mark(String text) {
    Objects.requireNonNull(text, "text");
    Observation observation = observation();
    if (observation != null) {
      observation.mark(text);
    }
  }

  /**
   * {@return a span, which begins now and ends when it is closed}
   *
   * @param text what the timeline shows; the first 500 characters are kept
   */
  public static Span span(String text) {
    Objects.requireNonNull(text, "text");
    Observation observation = observation();
    return observation == null
        ? Span.UNRECORDED
        : new Span(EventLoop.running(), observation, observation.spanBegins(text));
  }

  private static @Nullable Observation observation() {
    EventLoop loop = EventLoop.runningOrNull();
    return loop == null ? null : loop.observation;
  }

  /**
   * A time that the user has marked. Given by {@link Trace#span}.
   *
   * <p><b>Thread.</b> Any; closed in another thread than the loop's on which it began, it ends when
   * the loop gets to it.
   */
  public static final class Span implements AutoCloseable {
    static final Span UNRECORDED = new Span(null, null, 0);

    private final @Nullable EventLoop loop;
    private final AtomicReference<@Nullable Observation> observation;
    private final int number;

    Span(@Nullable EventLoop loop, @Nullable Observation observation, int number) {
      this.loop = loop;
      this.observation = new AtomicReference<>(observation);
      this.number = number;
    }

    /** Ends it. Doing it again has no effect. */
    @Override
    public void close() {
      Observation recorded = observation.getAndSet(null);
      if (recorded == null || loop == null) {
        return;
      }
      if (loop.lifeCycle.runsHere()) {
        recorded.spanEnds(number);
      } else if (loop.isRunning()) {
        loop.arrivals.deliverUnlessClosed(
            new Handle(loop, () -> recorded.spanEnds(number), new Context()));
      }
    }
  }
}
