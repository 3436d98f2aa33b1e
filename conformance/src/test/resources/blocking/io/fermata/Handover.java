package io.fermata;

import java.util.concurrent.SynchronousQueue;

/** Runs a generator's body on a thread of its own, which only ever runs while the consumer waits. */
final class Handover<T> implements Emitter<T>, Yielder<T> {
  interface Body<T> {
    void run(Handover<T> out) throws Throwable;
  }

  private final SynchronousQueue<Boolean> turns = new SynchronousQueue<>();
  private final SynchronousQueue<Boolean> answers = new SynchronousQueue<>();
  private final Body<T> body;
  private boolean started;
  private boolean finished;
  private T current;
  private Throwable failure;

  Handover(Body<T> body) {
    this.body = body;
  }

  boolean moveNext() {
    if (finished) {
      return false;
    }
    if (!started) {
      started = true;
      Thread thread = new Thread(this::runBody, "generator");
      thread.setDaemon(true);
      thread.start();
    }
    return turn(true);
  }

  T current() {
    return current;
  }

  void close() {
    if (!started || finished) {
      finished = true;
      return;
    }
    turn(false);
  }

  private boolean turn(boolean goOn) {
    try {
      turns.put(goOn);
      boolean more = answers.take();
      if (!more) {
        finished = true;
        current = null;
        Throwable thrown = failure;
        failure = null;
        if (thrown != null) {
          throw Promise.<RuntimeException>sneaky(thrown);
        }
      }
      return more;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void runBody() {
    try {
      try {
        turns.take();
        body.run(this);
      } catch (GeneratorExit closed) {
        // closed
      } catch (Throwable thrown) {
        failure = thrown;
      }
      answers.put(false);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void emit(T value) {
    current = value;
    try {
      answers.put(true);
      if (!turns.take()) {
        throw new GeneratorExit();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void yield(T value) {
    emit(value);
  }
}
