package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.io.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

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

  @Coroutine
  static <T> String thrownAnonymousInAGenericMethod(Env env) {
    int k = await(env.value("k", 1));
    try {
      throw new IllegalStateException("made") {
        @Override
        public String getMessage() {
          return super.getMessage() + k;
        }
      };
    } catch (IllegalStateException e) {
      return e.getMessage() + await(env.value("s", "x"));
    }
  }

  @SuppressWarnings("unchecked")
  static <T> T of(Object value) {
    return (T) value;
  }

  static class Shown extends Exception {
    Shown(Object what) {
      super(String.valueOf(what));
    }

    Shown(String what) {
      super("text " + what);
    }
  }

  @Coroutine
  static <T, C extends CharSequence & Comparable<C>> String argumentsOfParameterTypes(Env env) {
    T t = of(1);
    C c = of("c");
    List<T> l = of(List.of(2));
    int k = await(env.value("k", 1));
    List<Exception> all = new ArrayList<>();
    all.add(new Shown(t) {});
    all.add(new Shown(c) {});
    all.add(
        new Shown(l) {
          @Override
          public String getMessage() {
            return super.getMessage() + k;
          }
        });
    all.add(new Shown("s") {});
    await(env.value("between", 0));
    return all.stream().map(Exception::getMessage).toList().toString();
  }

  @Coroutine
  static <T> String inALambdaOfAGenericMethod(Env env) {
    int k = await(env.value("k", 1));
    Supplier<String> made =
        () -> {
          class Failure extends RuntimeException {
            String more() {
              return "more" + k;
            }
          }
          try {
            throw new Failure();
          } catch (Failure e) {
            return e.more();
          }
        };
    await(env.value("between", 0));
    return made.get();
  }

  @Coroutine
  static <T> String inAPlainBlockOfAGenericMethod(Env env) {
    int k = await(env.value("k", 1));
    String result = "";
    if (k == 1) {
      class Failure extends RuntimeException {
        String more() {
          return "more" + k;
        }
      }
      try {
        throw new Failure();
      } catch (Failure e) {
        result = e.more();
      }
    }
    return result + await(env.value("s", "x"));
  }

  @Coroutine
  static <T> String memberOfALocalClass(Env env) {
    int k = await(env.value("k", 1));
    class Holder {
      class Failure extends RuntimeException {
        int more() {
          return k;
        }
      }

      void fail() {
        throw new Failure();
      }
    }
    try {
      await(env.value("between", 0));
      new Holder().fail();
      return "";
    } catch (Holder.Failure e) {
      return "" + e.more();
    }
  }

  @Coroutine
  static <T> String inMethodsOfLocalClasses(Env env) {
    T t = of("t");
    int k = await(env.value("k", 1));
    class Holder {
      final T held = t;

      void fail() {
        throw new RuntimeException("made") {
          @Override
          public String getMessage() {
            return super.getMessage() + k;
          }
        };
      }

      int local() {
        class Failure extends RuntimeException {
          final int more = k + 1;
        }
        try {
          throw new Failure();
        } catch (Failure e) {
          return e.more;
        }
      }
    }
    Holder holder = new Holder();
    var anonymous =
        new Object() {
          T held = t;

          void fail() {
            throw new RuntimeException() {
              @Override
              public String getMessage() {
                return "of anonymous " + k;
              }
            };
          }
        };
    String result = "" + holder.local() + await(env.value("between", 0));
    try {
      holder.fail();
    } catch (RuntimeException e) {
      result += e.getMessage() + holder.held;
    }
    try {
      anonymous.fail();
    } catch (RuntimeException e) {
      result += e.getMessage() + anonymous.held;
    }
    return result;
  }

  @Coroutine
  static <T> String withTheHelpOfAnotherClass(Env env) {
    int k = await(env.value("k", 1));
    class Help {
      int more() {
        return k;
      }
    }
    class Failure extends RuntimeException {
      int more() {
        return new Help().more();
      }
    }
    try {
      await(env.value("between", 0));
      throw new Failure();
    } catch (Failure e) {
      return "" + e.more();
    }
  }

  @Coroutine
  static <T> String inInitializersOfAGenericMethod(Env env) {
    int k = await(env.value("k", 1));
    try {
      return new Object() {
        {
          if (k == 1) {
            throw new IOException("a") {
              @Override
              public String getMessage() {
                return "over" + k;
              }
            };
          }
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
  static <T> String inACoroutineLambda(Env env) {
    int k = await(env.value("k", 1));
    return await(
        async(
            () -> {
              try {
                throw new RuntimeException() {
                  @Override
                  public String getMessage() {
                    return "over" + k;
                  }
                };
              } catch (RuntimeException e) {
                return e.getMessage() + await(env.value("s", "x"));
              }
            }));
  }

  final int field = 3;

  @Coroutine
  <T> String ofAnObject(Env env) {
    int k = await(env.value("k", 1));
    try {
      throw new RuntimeException() {
        @Override
        public String getMessage() {
          return "over" + k + field;
        }
      };
    } catch (RuntimeException e) {
      return e.getMessage() + await(env.value("s", "x"));
    }
  }

  @Coroutine
  static String betweenInferredTypes(Env env) {
    int k = await(env.value("k", 1));
    var first = List.of(1, "a").get(k);
    try {
      throw new RuntimeException() {
        @Override
        public String getMessage() {
          return "over" + k;
        }
      };
    } catch (RuntimeException e) {
      return first + e.getMessage() + await(env.value("s", "x"));
    }
  }
}
