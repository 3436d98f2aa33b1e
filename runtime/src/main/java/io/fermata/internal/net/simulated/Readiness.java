package io.fermata.internal.net.simulated;

import io.fermata.internal.net.ReadyListener;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what its socket is ready for, once per turn of the loop for as long as it is
 * ready, as a selector does.
 */
final class Readiness implements Runnable {
  private final Simulation simulation;
  private final IntSupplier operations;
  private @Nullable ReadyListener listener;
  private int interest;
  private boolean scheduled;

  /**
   * Of a socket.
   *
   * @param interest what its listener is told of at first
   * @param operations what it is ready for now
   */
  Readiness(Simulation simulation, int interest, IntSupplier operations) {
    this.simulation = simulation;
    this.interest = interest;
    this.operations = operations;
  }

  void listener(ReadyListener newListener) {
    listener = newListener;
    changed();
  }

  void interest(int newInterest) {
    interest = newInterest;
    changed();
  }

  /** Something has changed that the socket may be ready by. */
  void changed() {
    if (!scheduled && listener != null && (interest & operations.getAsInt()) != 0) {
      scheduled = true;
      simulation.loop().callSoon(this);
    }
  }

  @Override
  public void run() {
    scheduled = false;
    int ready = interest & operations.getAsInt();
    if (listener != null && ready != 0) {
      listener.ready(ready);
      changed();
    }
  }

  void loopCloses() {
    if (listener != null) {
      listener.loopCloses();
    }
  }

  /** What the listener says that it is. */
  String purpose(String otherwise) {
    return listener == null ? otherwise : listener.toString();
  }

  @Override
  public String toString() {
    return purpose("a simulated socket");
  }
}
