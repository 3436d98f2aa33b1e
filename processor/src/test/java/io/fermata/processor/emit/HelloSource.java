package io.fermata.processor.emit;

/** The class whose coroutines the tests write: what their code calls. */
final class HelloSource {
  private HelloSource() {}

  static final String TEXT =
      """
      package app;

      import io.fermata.Awaitable;
      import io.fermata.EventLoop;
      import io.fermata.Promise;
      import java.util.ArrayList;
      import java.util.List;

      public final class Hello {
        public static final StringBuilder TRACE = new StringBuilder();
        /** Called while a coroutine waits. */
        public static Runnable watch = () -> {};
        private static final List<Runnable> KEPT = new ArrayList<>();
        private static long seed;
        private static int fuel;

        /** What is awaited: done, done later, or failing, at random. */
        public static final class Item implements Awaitable<Object> {
          private final int id;
          private final Object value;
          private final boolean fails;
          private final boolean isLater;

          Item(int id, Object value, int dice) {
            this.id = id;
            this.value = value;
            this.fails = dice % 7 == 0;
            this.isLater = dice % 2 == 0;
          }

          Object now() {
            if (fails) {
              throw new IllegalStateException("item " + id);
            }
            return value;
          }

          @Override
          public Promise<Object> toPromise() {
            Promise<Object> promise = EventLoop.running().createPromise();
            if (isLater) {
              EventLoop.running()
                  .callSoon(
                      () -> {
                        watch.run();
                        settle(promise);
                      });
            } else {
              settle(promise);
            }
            return promise;
          }

          private void settle(Promise<Object> promise) {
            if (fails) {
              promise.fail(new IllegalStateException("item " + id));
            } else {
              promise.complete(value);
            }
          }
        }

        public static void start(long newSeed) {
          seed = newSeed * 7919 + 17;
          fuel = 400;
          TRACE.setLength(0);
          KEPT.clear();
        }

        public static String finish() {
          KEPT.forEach(Runnable::run);
          return TRACE.toString();
        }

        private static int next() {
          if (fuel-- == 0) {
            TRACE.append("out of fuel;");
          }
          if (fuel < 0) {
            throw new OutOfMemoryError("out of fuel");
          }
          seed = seed * 6364136223846793005L + 1442695040888963407L;
          return (int) (seed >>> 40) & 0xffff;
        }

        public static Item give(int id, Object value) {
          TRACE.append("give ").append(id).append(' ').append(value).append(';');
          return new Item(id, value, next());
        }

        public static Object now(Item item) {
          return item.now();
        }

        public static boolean coin() {
          return next() % 3 == 0;
        }

        public static int number(int id) {
          return next() + id;
        }

        public static String cat(String one, String two) {
          return (one + two).substring(0, Math.min(20, one.length() + two.length()));
        }

        public static void trace(Object value) {
          TRACE.append(value).append(';');
        }

        public static void caught(Throwable thrown) {
          TRACE.append("caught ").append(thrown).append(';');
          if (thrown instanceof OutOfMemoryError error) {
            throw error;
          }
        }

        public static void keep(Runnable runnable) {
          if (KEPT.size() < 50) {
            KEPT.add(runnable);
          }
        }

        public static RuntimeException failure(int id) {
          return id % 2 == 0 ? new IllegalStateException("thrown " + id) : new RuntimeException("thrown " + id);
        }
      }
      """;
}
