package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofMillis;

import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.Yielder;
import java.util.ArrayList;
import java.util.List;

/** Classes whose initialisation leaves a trace. Each is initialised once, so each has one test. */
final class Initializers {
  static final List<String> TRACE = new ArrayList<>();

  private Initializers() {}

  static Object note(String event) {
    TRACE.add(event);
    return event;
  }

  static class Block {
    static {
      note("Block");
    }

    @Coroutine
    static void go() {
      note("go");
      await(sleep(ofMillis(1)));
      note("gone");
    }
  }

  static class Field {
    static final Object SEEN = note("Field");

    @Coroutine
    static Object go() {
      await(sleep(ofMillis(1)));
      return SEEN;
    }
  }

  static class Base {
    static {
      note("Base");
    }
  }

  interface WithDefault {
    Object SEEN = note("WithDefault");

    default void here() {}
  }

  interface WithoutDefault {
    Object SEEN = note("WithoutDefault");
  }

  interface Between extends WithDefault, WithoutDefault {
    Object SEEN = note("Between");
  }

  static class Derived extends Base implements Between {
    @Coroutine
    static void go() {
      try {
        note("go");
        await(sleep(ofMillis(1)));
      } catch (Throwable t) {
        note("caught " + t);
      }
    }
  }

  interface Service extends WithDefault {
    Object STARTED = note("Service");

    @Coroutine
    static void go() {
      for (int i = 0; i < 2; i++) {
        await(sleep(ofMillis(1)));
        note("go " + i);
      }
    }
  }

  enum Kind {
    ONE;

    Kind() {
      note("Kind");
    }

    @Coroutine
    static void go() {
      note("go");
    }
  }

  record Pair(int left, int right) {
    static final Object SEEN = note("Pair");

    @Coroutine
    static void go(int n) {
      note("go " + n);
    }
  }

  static class Numbers {
    static final int FIRST = 1;
    static int last;

    static {
      note("Numbers");
    }

    @Coroutine
    static void plain(Yielder<Integer> out) {
      out.yield(FIRST);
    }
  }

  static class Words {
    static {
      note("Words");
    }

    @Coroutine
    static void async(Emitter<String> out) {
      out.emit("word");
    }
  }

  static class Broken {
    static final int ZERO = Integer.parseInt("0");
    static final int SEEN = 1 / ZERO;

    @Coroutine
    static void go() {
      try {
        note("never");
      } catch (Throwable t) {
        note("caught " + t);
      } finally {
        note("finally");
      }
    }

    @Coroutine
    static void again() {
      note("never");
    }
  }

  static class Instance {
    static {
      note("Instance");
    }

    @Coroutine
    void go() {
      note("go");
    }
  }

  static class Circle {
    static final Object SEEN;

    static {
      note("Circle");
      SEEN = run(Initializers_CircleAsync.go());
      note("ready");
    }

    @Coroutine
    static Object go() {
      return note("go");
    }
  }

  static class Quiet {
    static final int CONSTANT = 3;
    static int counter;

    @Coroutine
    static int go() {
      return CONSTANT + counter;
    }
  }

  @Coroutine
  static void failing() {
    for (int i = 0; i < 2; i++) {
      try {
        await(Initializers_BrokenAsync.go());
      } catch (LinkageError e) {
        note(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
      try {
        await(Initializers_BrokenAsync.again());
      } catch (LinkageError e) {
        note(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
