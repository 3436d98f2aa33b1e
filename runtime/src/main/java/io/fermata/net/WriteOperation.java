package io.fermata.net;

import io.fermata.AsyncTimeoutException;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.TimerHandle;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A coroutine that waits until what was written has gone, written by hand. */
abstract class WriteOperation extends StreamOperation<Void> {
  /** Held so that nobody takes a connection for dropped that is written to. */
  final StreamWriter writer;

  private @Nullable Suspension room;
  private @Nullable TimerHandle timer;

  WriteOperation(StreamWriter writer) {
    this.writer = writer;
  }

  /** Hands over what can be. */
  abstract void begin(Output output) throws IOException;

  /** Whether it need not wait, or not any more. */
  abstract boolean mayGoOn();

  /** It ends before it was content. */
  void withdraw(Output output) {}

  void wake() {
    if (room != null && room.isWaiting()) {
      room.resume();
    }
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Link link = writer.link();
    Output output = link.output;
    try {
      if (state == WAITING) {
        stopWaiting(output);
        received(sent);
      } else {
        link.checkLoop(task.loop());
        output.check();
        begin(output);
      }
      output.check();
      if (mayGoOn()) {
        return given(task, null);
      }
      Object suspended = await(task, prepareToWait(link), depth);
      state = WAITING;
      return suspended;
    } catch (Throwable t) {
      withdraw(output);
      throw t;
    }
  }

  private Suspension prepareToWait(Link link) {
    Suspension place = room;
    if (place == null) {
      place = new Suspension(new Purpose());
      room = place;
    }
    Suspension waitsAt = place;
    Duration limit = writer.timeLimit();
    if (limit != null) {
      timer =
          link.loop.callLater(
              limit,
              () -> {
                if (waitsAt.isWaiting()) {
                  waitsAt.fail(
                      new AsyncTimeoutException(
                          "a write to the " + link + " took longer than its limit", null));
                }
              });
    }
    link.output.await(this);
    return place;
  }

  private void stopWaiting(Output output) {
    output.stopAwaiting(this);
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  @Override
  protected void clear() {
    room = null;
  }

  /** What a task waits for that writes. */
  private final class Purpose {
    @Override
    public String toString() {
      return "room to send to " + Texts.of(writer.link().transport.remoteAddress());
    }
  }
}
