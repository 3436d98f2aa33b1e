package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Recursion, mutual and deep, and what is awaited often.
 *
 * <p>JLS 15.12.
 */
final class Recursion {
  @Coroutine
  static int fibonacci(Env env, int n) {
    if (n < 2) {
      return await(env.value("leaf", n));
    }
    return await(RecursionAsync.fibonacci(env, n - 1)) + await(RecursionAsync.fibonacci(env, n - 2));
  }

  @Coroutine
  static int recursive(Env env) {
    return await(RecursionAsync.fibonacci(env, 4));
  }

  @Coroutine
  static boolean even(Env env, int n) {
    return n == 0 || await(RecursionAsync.odd(env, n - 1));
  }

  @Coroutine
  static boolean odd(Env env, int n) {
    return n != 0 && await(RecursionAsync.even(env, n - 1));
  }

  @Coroutine
  static String mutual(Env env) {
    return await(RecursionAsync.even(env, 150)) + "" + await(RecursionAsync.odd(env, 5)) + await(env.value("x", 1));
  }

  @Coroutine
  static int deep(Env env, int n) {
    int mine = n;
    if (n == 0) {
      return await(env.value("bottom", 0));
    }
    try {
      return await(RecursionAsync.deep(env, n - 1)) + (mine - n) + 1;
    } finally {
      mine++;
    }
  }

  @Coroutine
  static int deeperThanTheTrampoline(Env env) {
    return await(RecursionAsync.deep(env, 200)) + await(RecursionAsync.deep(env, 3));
  }

  @Coroutine
  static void hanoi(Env env, int n, List<String> moves, String from, String via, String to) {
    if (n == 0) return;
    await(RecursionAsync.hanoi(env, n - 1, moves, from, to, via));
    moves.add(from + to);
    await(env.value("move", 0));
    await(RecursionAsync.hanoi(env, n - 1, moves, via, from, to));
  }

  @Coroutine
  static String towers(Env env) {
    List<String> moves = new ArrayList<>();
    await(RecursionAsync.hanoi(env, 3, moves, "a", "b", "c"));
    return String.join(" ", moves);
  }

  @Coroutine
  static int promiseAwaitedTwice(Env env) {
    Promise<Integer> p = env.value("p", 5).toPromise();
    return await(p) + await(p);
  }

  @Coroutine
  static int tasks(Env env) {
    Task<Integer> a = createTask(RecursionAsync.quiet(5));
    Task<Integer> b = createTask(RecursionAsync.quiet(6));
    int x = await(a) * 10 + await(b);
    return x + await(a) + await(env.value("e", 0));
  }

  @Coroutine
  static int quiet(int n) {
    await(sleep(java.time.Duration.ZERO));
    return n + await(completed(1));
  }
}
