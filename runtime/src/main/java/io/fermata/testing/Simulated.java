package io.fermata.testing;

import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.simulated.Simulation;
import io.fermata.internal.reports.Wrapping;
import org.jspecify.annotations.Nullable;

/** A coroutine with a simulated network; what it fails with is told with the network's traffic. */
final class Simulated<T extends @Nullable Object> extends Continuation<T, RuntimeException>
    implements Wrapping {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.testing.Host", "run", "Host.java", "", "");
  private static final int WAITING = -2;

  private final Simulation simulation;
  private final Network network;
  private @Nullable Awaitable<T> body;
  private @Nullable LineTable told;

  Simulated(Simulation simulation, Network network, Awaitable<T> body) {
    this.simulation = simulation;
    this.network = network;
    this.body = body;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    try {
      if (state == WAITING) {
        return ended(received(sent));
      }
      told = Wrapping.linesOf(body);
      Network.CURRENT.set(network);
      Object result = await(task, body, depth);
      if (result == SUSPENDED) {
        state = WAITING;
        return SUSPENDED;
      }
      return ended(result);
    } catch (CancelledError e) {
      throw e;
    } catch (Throwable t) {
      SimulatedTraffic.addTo(t, simulation);
      throw t;
    }
  }

  @Override
  public @Nullable LineTable wrapped() {
    return told;
  }

  @Override
  protected void clear() {
    body = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
