package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.io.*;
import java.util.*;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Initializers of anonymous classes: what they throw and catch, in lambdas that may throw nothing.
 *
 * <p>JLS 8.6, 11.2.2, 14.20.2, 15.9.5.1, 18.1.3.
 */
final class ThrowingInitializers {

  static class Box<X extends Exception> {
    final String text;

    Box() throws X {
      text = "none";
    }

    Box(X failure) throws X {
      if (failure.getMessage() != null) {
        throw failure;
      }
      text = "no message";
    }
  }

  static class Job {
    final String text;

    <Y extends Exception> Job() throws Y {
      text = "nothing";
    }

    <Y extends Throwable> Job(Comparator<? super Y> order) throws Y {
      text = "ordered";
    }

    <Y extends Exception> Job(Supplier<? extends Y> failure, Y... others) throws Y {
      if (others.length == 0) {
        throw failure.get();
      }
      text = "others";
    }
  }

  static class Lock<X extends Exception> implements AutoCloseable {
    final X failure;

    Lock(X failure) {
      this.failure = failure;
    }

    @Override
    public void close() throws X {
      if (failure != null) {
        throw failure;
      }
    }
  }

  static class Runs implements Runnable, AutoCloseable {
    @Override
    public void run() {}

    @Override
    public void close() throws FileNotFoundException {
      throw new FileNotFoundException("closed");
    }
  }

  interface Marker {}

  static class First extends IOException implements Marker {}

  static class Second extends IOException implements Marker {}

  static void fails(int how) throws IOException, TimeoutException {
    if (how == 1) {
      throw new EOFException("one");
    }
    if (how == 2) {
      throw new TimeoutException("two");
    }
  }

  @SuppressWarnings("unchecked")
  static <T> T of(Object value) {
    return (T) value;
  }

  static <T> T made(Supplier<T> maker) {
    return maker.get();
  }

  @Coroutine
  static String constructorsThatThrowNothingHere(Env env) {
    return made(() ->
            new Object() {
              final String all =
                  new Box<RuntimeException>().text
                      + new Box<>(new IllegalStateException()).text
                      + new Job().text
                      + new Job(IllegalStateException::new, new RuntimeException[2]).text
                      + new Box<RuntimeException>() {}.text
                      + new Job(Comparator.comparing(Object::toString)).text;

              String say(String s) {
                return s + all;
              }
            })
        .say(await(env.value("s", "x")));
  }

  @Coroutine
  static String constructorsThatThrow(Env env) {
    String result = "";
    for (int i = 0; i < 4; i++) {
      int which = await(env.value("which" + i, i));
      try {
        result +=
            new Object() {
              final Object made =
                  which == 0
                      ? new Box<>(new EOFException("box"))
                      : which == 1 ? new Job(() -> new CharConversionException("job")) : null;

              {
                if (which == 2) {
                  new Box<ObjectStreamException>(new InvalidClassException("named")) {};
                }
              }

              String say(String s) {
                return s + made;
              }
            }.say(await(env.value("s" + i, "x")));
      } catch (EOFException e) {
        result += "eof " + e.getMessage();
      } catch (CharConversionException | ObjectStreamException e) {
        result += e.getMessage();
      }
    }
    return result;
  }

  @Coroutine
  static String superclassOfConstructorThatThrows(Env env) {
    int k = await(env.value("k", 1));
    try {
      return new Job(() -> new EOFException("job" + k)) {
        String say(String s) {
          return s + text;
        }
      }.say(await(env.value("s", "x")));
    } catch (EOFException e) {
      return e.getMessage();
    }
  }

  @Coroutine
  static String resources(Env env) {
    String result = "";
    for (int i = 0; i < 3; i++) {
      int which = await(env.value("which" + i, i));
      try {
        result +=
            new Object() {
              String text = "";

              {
                try (Lock<RuntimeException> lock = new Lock<>(null)) {
                  text += lock.failure;
                }
                if (which == 1) {
                  try (var either = which == 1 ? new Runs() : new Lock<EOFException>(null)) {
                    text += "body";
                  } catch (IOException e) {
                    throw e;
                  } catch (Exception e) {
                    throw new TimeoutException();
                  }
                }
              }

              String say(String s) {
                return s + text;
              }
            }.say(await(env.value("s" + i, "x")));
      } catch (IOException | TimeoutException e) {
        result += e.getMessage();
      }
    }
    return result;
  }

  @Coroutine
  static <T extends Runnable & AutoCloseable> String resourceOfATypeParameter(Env env)
      throws Exception {
    T resource = of(new Runs());
    int k = await(env.value("k", 1));
    return new Object() {
      String text;

      {
        try (resource) {
          resource.run();
          text = "ran" + k;
        }
      }

      String say(String s) {
        return s + text;
      }
    }.say(await(env.value("s", "x")));
  }

  @Coroutine
  static String caughtAndThrownOnInALambda(Env env) {
    int k = await(env.value("k", 1));
    return made(() ->
            new Object() {
              String text = "";

              {
                try {
                  text += Integer.parseInt("" + k);
                } catch (Exception e) {
                  throw (e);
                }
                try {
                  fails(k);
                } catch (EOFException e) {
                  text += e.getMessage();
                } catch (IOException | TimeoutException e) {
                  text += "other";
                } catch (final Throwable e) {
                  throw e;
                }
                try {
                  try {
                    fails(k);
                  } catch (Exception e) {
                    throw e;
                  }
                } catch (IOException | TimeoutException e) {
                  text += e.getMessage();
                }
              }

              String say(String s) {
                return s + text;
              }
            })
        .say(await(env.value("s", "x")));
  }

  @Coroutine
  static String caughtAndThrownOn(Env env) {
    String result = "";
    for (int i = 0; i < 4; i++) {
      int which = await(env.value("which" + i, i));
      try {
        result +=
            new Object() {
              {
                try {
                  fails(which);
                } catch (IOException | TimeoutException e) {
                  if (which == 1) {
                    throw e;
                  }
                }
                if (which == 3) {
                  try {
                    fails(2);
                  } catch (Exception e) {
                    e = new InterruptedException("assigned");
                    throw e;
                  }
                }
              }

              String say(String s) {
                return s + which;
              }
            }.say(await(env.value("s" + i, "x")));
      } catch (EOFException | TimeoutException e) {
        result += e.getMessage();
      } catch (Exception e) {
        result += e.getClass() + e.getMessage();
      }
    }
    return result;
  }

  @Coroutine
  static String finallyThatEndsOtherwise(Env env) {
    int k = await(env.value("k", 1));
    return made(() ->
            new Object() {
              String text = "";

              {
                for (int i = 0; i < 2; i++) {
                  try {
                    fails(k);
                  } finally {
                    text += i;
                    continue;
                  }
                }
                out:
                try {
                  try {
                    fails(k);
                  } catch (EOFException e) {
                    throw new IOException(e);
                  } finally {
                    if (k == 1) {
                      break out;
                    } else {
                      throw new IllegalStateException();
                    }
                  }
                } finally {
                  text += "out";
                }
              }

              String say(String s) {
                return s + text;
              }
            })
        .say(await(env.value("s", "x")));
  }

  @Coroutine
  static String exceptionsWithoutAName(Env env) {
    String result = "";
    for (int i = 0; i < 3; i++) {
      int which = await(env.value("which" + i, i));
      try {
        result +=
            new Object() {
              {
                if (which < 2) {
                  throw which == 0 ? new First() : new Second();
                }
                class Own extends EOFException {
                  Own() {
                    super("own" + which);
                  }
                }
                if (which == 2) {
                  throw new Own();
                }
              }

              String say(String s) {
                return s + which;
              }
            }.say(await(env.value("s" + i, "x")));
      } catch (IOException e) {
        result += e.getClass().getSimpleName() + e.getMessage();
      }
    }
    return result;
  }

  private static class Hidden extends IOException {
    Hidden() {
      super("hidden");
    }
  }

  static void failsHidden() throws Hidden {
    throw new Hidden();
  }

  @Coroutine
  static String exceptionsOfAPrivateClass(Env env) {
    int k = await(env.value("k", 1));
    try {
      return new Object() {
        {
          failsHidden();
        }

        String say(String s) {
          return s + k;
        }
      }.say(await(env.value("s", "x")));
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Coroutine
  static String exceptionsOfALocalClass(Env env) {
    int k = await(env.value("k", 1));
    Function<String, String> said =
        s -> {
          class Failure extends Exception {
            final int more = k;
          }
          class Fails {
            void fail() throws Failure {
              throw new Failure();
            }
          }
          try {
            return new Object() {
              {
                new Fails().fail();
              }

              String say() {
                return s + k;
              }
            }.say();
          } catch (Failure e) {
            return s + e.more;
          }
        };
    return said.apply(await(env.value("s", "x")));
  }
}
