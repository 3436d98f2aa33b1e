package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;

import io.fermata.testing.VirtualTimeLoop;
import java.util.List;

/** Uses in which the thread-locals that follow tasks fail. */
final class UsesOfThreadLocals extends UserCodeUses {
  UsesOfThreadLocals() {
    threadLocals();
  }

  private void threadLocals() {
    for (String method : List.of("get", "set")) {
      use(
          "a thread-local that fails before a step, in " + method,
          ComesOut.IN_TASK,
          (loop, t) -> carry(loop, Hostile.accessor(t.make(false), method)),
          UsesOfThreadLocals::failBeforeStep);
      use(
          "a user's ThreadLocal that fails before a step, in " + method,
          ComesOut.IN_TASK,
          (loop, t) ->
              carry(loop, ThreadLocalAccessor.of(Hostile.threadLocal(t.make(false), method))),
          UsesOfThreadLocals::failBeforeStep);
      use(
          "a thread-local that fails before a callback, in " + method,
          ComesOut.AT_HANDLER,
          (loop, t) -> carry(loop, Hostile.accessor(t.make(false), method)),
          t -> {
            loop().ready(new Arming(t));
            loop().callSoon(() -> t.in("never", null));
            pause();
            Promise<Integer> promise = loop().createPromise();
            promise.addDoneCallback(done -> t.in("never", null));
            loop().ready(new Arming(t));
            promise.complete(1);
            pause();
          });
      use(
          "a thread-local that fails behind a step, in " + method,
          ComesOut.AT_HANDLER,
          (loop, t) -> carry(loop, Hostile.accessor(t.make(false), method)),
          t -> {
            Async.createTask(coroVoid("last", t::makeOnce));
            pause();
          });
    }
    use(
        "work for a thread, with thread-locals",
        ComesOut.IN_TASK,
        (loop, t) -> carry(loop, Hostile.accessor(none(), "")),
        t -> await(Async.toThread(() -> t.in("call", 1))));
    use(
        "a thread-local that can't be read for a new task",
        ComesOut.IN_TASK,
        (loop, t) -> carry(loop, Hostile.accessor(t.make(false), "get")),
        t -> {
          t.makeOnce();
          Async.createTask(one());
        });
    use(
        "a thread-local that fails in a context's call",
        ComesOut.IN_TASK,
        (loop, t) -> carry(loop, Hostile.accessor(t.make(false), "set")),
        t -> {
          t.makeOnce();
          Context.copyOfCurrent().run(() -> {});
        });
  }

  private static void carry(VirtualTimeLoop loop, ThreadLocalAccessor<?> accessor) {
    loop.setThreadLocals(List.of(accessor));
  }

  /** The trouble begins when the loop is about to resume a task. */
  private static void failBeforeStep(Trouble trouble) {
    VirtualTimeLoop own = (VirtualTimeLoop) loop();
    Task<Integer> failing =
        Async.createTask(
            coro(
                "failing",
                () -> {
                  pause();
                  return 1;
                }),
            "failing");
    own.injectFaults(
        task -> {
          if (task == failing) {
            trouble.makeOnce();
          }
          return null;
        });
    await(failing);
  }

  /** Stands in the ready queue in front of what is to get trouble, and carries nothing itself. */
  private static final class Arming extends Ready {
    private final Trouble trouble;

    Arming(Trouble trouble) {
      this.trouble = trouble;
    }

    @Override
    void run(EventLoop running) {
      trouble.makeOnce();
    }

    @Override
    EventLoop loop() {
      return EventLoop.running();
    }
  }
}
