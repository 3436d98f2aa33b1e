package io.fermata;

import static io.fermata.Co.coro;

import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;

/** {@code try (scope) { out.emit(1); }}, for scopes that are entered without waiting. */
final class ScopedGenerator extends GeneratorBody<Integer> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "app.Scoped", "ones", "Scoped.java", "-2:5,-3:6", "1:4");

  private final AsyncScope scope;

  private ScopedGenerator(AsyncScope scope) {
    this.scope = scope;
  }

  static AsyncGenerator<Integer> in(AsyncScope scope) {
    return new ScopedGenerator(scope).toAsyncGenerator();
  }

  /** One whose finally block this is. */
  static AsyncGenerator<Integer> endingWith(Co.VoidBody cleanup) {
    return in(
        new AsyncScope() {
          @Override
          public Awaitable<?> enter() {
            return SharedCoro.NOTHING;
          }

          @Override
          public Awaitable<Throwable> exit(Throwable thrown) {
            return coro(
                "cleanup",
                () -> {
                  cleanup.run();
                  return thrown;
                });
          }
        });
  }

  @Override
  protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
    if (state == START) {
      await(task, scope.enter(), depth);
      current = 1;
      state = -2;
      return EMITTED;
    }
    Object out = sent;
    if (state == -2) {
      out = await(task, scope.exit(sent instanceof Thrown t ? t.throwable() : null), depth);
      if (out == SUSPENDED) {
        state = -3;
        return SUSPENDED;
      }
    }
    out = received(out);
    if (out instanceof Throwable thrown) {
      throw thrown;
    }
    return null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
