package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.io.*;
import java.util.*;
import java.util.concurrent.Callable;

/**
 * Exceptions declared in generic coroutines, and anonymous classes whose initializers throw.
 *
 * <p>JLS 8.1.2, 11.2.3, 15.9.5.1.
 */
final class ExceptionClasses {

  static final class Closing implements AutoCloseable {
    @Override
    public void close() throws FileNotFoundException {
      throw new FileNotFoundException("closed");
    }
  }

  static int fails(String how) throws IOException {
    if (how.isEmpty()) {
      throw new IOException("empty");
    }
    return how.length();
  }

  static <X extends Exception> void failsWith(X failure) throws X {
    throw failure;
  }

  @Coroutine
  static <T> String anonymousInAGenericMethod(Env env) {
    int start = await(env.value("start", 1));
    return new RuntimeException("made") {
      String more(String s) {
        return s + getMessage() + start;
      }
    }.more(await(env.value("s", "x")));
  }

  @Coroutine
  static <T extends Comparable<T>, C extends Collection<T>> String thrownInAGenericMethod(
      Env env) {
    int start = await(env.value("start", 1));
    class Failure extends Exception {
      final int from = start;

      Failure(String message) {
        super(message);
      }
    }
    class Worse extends Failure {
      Worse() {
        super("worse " + start);
      }
    }
    String result = "";
    for (int i = 0; i < 3; i++) {
      try {
        if (await(env.value("i" + i, i)) == 1) {
          throw new Failure("one");
        }
        throw new Worse();
      } catch (Worse e) {
        result += e.getMessage() + await(env.value("w" + i, i));
      } catch (Failure e) {
        result += e.getMessage() + e.from;
      }
    }
    return result;
  }

  @Coroutine
  static <T> String declaredBetweenInferredTypes(Env env) {
    var mixed = List.of(1, "ab");
    int start = await(env.value("start", 1));
    class Failure extends RuntimeException {
      final int from = start;
    }
    var first = mixed.get(0);
    try {
      await(env.value("x", 0));
      throw new Failure();
    } catch (Failure e) {
      return first + " " + e.from;
    }
  }

  @Coroutine
  static <T> String listOfAnonymous(Env env) {
    var all =
        List.of(
                new RuntimeException("one") {
                  int z = 4;
                })
            .iterator();
    int added = await(env.value("between", 1));
    return all.next().z + added + "";
  }

  @Coroutine
  static String initializerThatThrows(Env env) throws IOException {
    boolean fails = await(env.value("fails", true));
    try {
      return new Object() {
        final int k;

        {
          if (fails) {
            throw new IOException("init");
          }
          k = 3;
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
  static String fieldThatThrows(Env env) throws Exception {
    String how = await(env.value("how", ""));
    var it =
        new Object() {
          final int length = fails(how);
        };
    return await(env.value("s", "x")) + it.length;
  }

  @Coroutine
  static String initializersThatCatch(Env env) {
    String how = await(env.value("how", ""));
    return new Object() {
      String text;

      {
        try (StringReader in = new StringReader("a")) {
          text = "" + fails(how);
        } catch (EOFException e) {
          text = "eof";
        } catch (IOException e) {
          text = e.getMessage();
        }
        Callable<Integer> later = () -> fails(how);
        Object inner =
            new Object() {
              int f() throws IOException {
                return fails(how);
              }
            };
        text += later == null || inner == null;
      }

      String say(String s) {
        return s + text;
      }
    }.say(await(env.value("s", "x")));
  }

  @Coroutine
  static String initializersOfAllKinds(Env env) {
    String result = "";
    for (int i = 0; i < 4; i++) {
      int which = await(env.value("which" + i, i));
      try {
        result +=
            new Object() {
              final Object inner =
                  which == 0
                      ? new Object() {
                        {
                          failsWith(new CharConversionException("inner"));
                        }
                      }
                      : null;

              {
                if (which == 1) {
                  try (Closing closing = new Closing()) {
                    fails("x");
                  } catch (EOFException e) {
                    throw new InterruptedException();
                  }
                }
                if (which == 2) {
                  try {
                    fails("");
                  } catch (IOException e) {
                    throw new ClassNotFoundException(e.getMessage());
                  } finally {
                    fails("finally");
                  }
                }
              }

              String say(String s) {
                return s + inner;
              }
            }.say(await(env.value("s" + i, "x")));
      } catch (CharConversionException | FileNotFoundException e) {
        result += e.getMessage();
      } catch (InterruptedException | ClassNotFoundException e) {
        result += e.getClass().getName();
      } catch (IOException e) {
        result += "io";
      }
    }
    return result;
  }
}
