package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.LoopAccess;
import io.fermata.internal.reports.TraceMemory;
import io.fermata.internal.waiting.Held;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows reports what they look at in loops, tasks and frames. */
final class ReportedLoops extends LoopAccess {
  @Override
  protected @Nullable EventLoop running() {
    return EventLoop.runningOrNull();
  }

  @Override
  protected @Nullable Task<?> running(EventLoop loop) {
    return loop.code.task;
  }

  @Override
  protected @Nullable Thread thread(EventLoop loop) {
    return loop.lifeCycle.thread;
  }

  @Override
  public void observe(EventLoop loop, LoopObserver observer) {
    loop.observe(observer);
  }

  @Override
  public void stopObserving(EventLoop loop, LoopObserver observer) {
    loop.stopObserving(observer);
  }

  @Override
  public void tellNewTasks(EventLoop loop, LoopObserver observer) {
    for (Task<?> task : loop.tasks.toSet()) {
      Coro<?> coroutine = task.frame();
      if (coroutine != null && coroutine.state == Coro.START) {
        observer.taskCreated(
            task.number(), task.givenName(), coroutine.lines(), LoopObserver.OUTSIDE);
      }
    }
  }

  @Override
  protected boolean asleep(EventLoop loop) {
    return loop.inbox.isAsleep();
  }

  @Override
  protected List<Object> ready(EventLoop loop) {
    return loop.ready.entries();
  }

  @Override
  protected TraceMemory memory(EventLoop loop) {
    return loop.traceMemory;
  }

  @Override
  protected @Nullable Coro<?> frame(Task<?> task) {
    return task.frame();
  }

  @Override
  protected int number(Task<?> task) {
    return task.number();
  }

  @Override
  protected @Nullable Throwable failure(Task<?> task) {
    return task.state() == Promise.State.FAILED && task.peekOutcome() instanceof Throwable failure
        ? failure
        : null;
  }

  @Override
  protected List<Task<?>> awaiters(Promise<?> promise) {
    return CallGraph.awaiters(promise);
  }

  @Override
  protected Map<Task<?>, Boolean> waiters(Promise<?> promise) {
    return CallGraph.waiters(promise);
  }

  @Override
  protected @Nullable Task<?> holder(Task<?> task) {
    return task.waitingFor() instanceof Suspension place && place.purpose() instanceof Held held
        ? held.holder()
        : null;
  }

  @Override
  protected @Nullable String waitsFor(Task<?> task) {
    return CallGraph.waitsFor(task);
  }

  @Override
  protected @Nullable Coro<?> awaiter(Coro<?> frame) {
    return frame.awaiter;
  }

  @Override
  protected LineTable lines(Coro<?> frame) {
    return frame.lines();
  }

  @Override
  protected int state(Coro<?> frame) {
    return frame.state;
  }
}
