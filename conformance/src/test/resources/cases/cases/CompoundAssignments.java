package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Compound assignment, `++` and `--` on locals, fields and elements.
 *
 * <p>JLS 15.26.2, 15.14, 15.15.
 */
final class CompoundAssignments {
  static int counter;
  int field = 1;
  static int statics = 5;
  int[] array = {1, 2, 3};

  static int next(Env env) {
    env.trace("next " + counter);
    return counter++;
  }

  CompoundAssignments self(Env env, String name) {
    env.trace("self " + name);
    return this;
  }

  @Coroutine
  static int local(Env env) {
    int x = 5;
    x += await(env.value("a", x = 3));
    x -= x++ + await(env.value("b", x));
    x *= await(env.value("c", 2)) + x;
    return x;
  }

  @Coroutine
  static String arrayElement(Env env) {
    counter = 0;
    int[] a = {10, 20, 30, 40};
    a[next(env)] += await(env.value("x", 5));
    a[next(env)] = next(env) + await(env.value("y", 1));
    int old = a[next(env)]++ + await(env.value("z", 1));
    int now = --a[await(env.value("i", 0))];
    a[await(env.value("j", 1))]--;
    return Arrays.toString(a) + old + now;
  }

  @Coroutine
  static String elementOldValueIsReadBeforeTheAwait(Env env) {
    int[] a = {1};
    a[0] += (a[0] = 100) + await(env.value("x", 5));
    int[] b = a;
    b[0] += (b = new int[] {7})[0] + await(env.value("y", 1));
    return a[0] + " " + b[0];
  }

  @Coroutine
  static int compoundOnBadIndexFailsBeforeTheAwait(Env env) {
    int[] a = {1};
    try {
      a[env.i("i", 3)] += await(env.value("never", 5));
    } catch (ArrayIndexOutOfBoundsException e) {
      env.caught(e);
    }
    int[] none = null;
    try {
      none[env.i("j", 0)] += await(env.value("never", 5));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    return a[0];
  }

  @Coroutine
  static int compoundOnNullFieldFailsBeforeTheAwait(Env env) {
    CompoundAssignments none = null;
    try {
      none.field += await(env.value("never", 5));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    return 1;
  }

  @Coroutine
  static int fields(Env env) {
    statics = 5;
    CompoundAssignments c = new CompoundAssignments();
    c.self(env, "a").field += await(env.value("x", 2));
    c.self(env, "b").field *= c.field++ + await(env.value("y", 3));
    int z = c.self(env, "c").field++ + await(env.value("z", 1)) + c.field--;
    c.self(env, "d").array[await(env.value("i", 1))] <<= await(env.value("s", 3));
    statics += await(env.value("w", 1));
    CompoundAssignments.statics *= statics++ + await(env.value("v", 1));
    int result = c.field * 1000 + z + c.array[1] + statics;
    statics = 5;
    return result;
  }

  @Coroutine
  static String narrowing(Env env) {
    byte b = 100;
    b += await(env.value("a", 100));
    short s = 1;
    s <<= await(env.value("b", 15));
    char c = 'a';
    c += await(env.value("c", 1.7));
    int i = 7;
    i *= await(env.value("d", 1.5));
    long l = 1;
    l += await(env.value("e", 2.9f));
    i >>>= await(env.value("f", 33));
    float f = 1;
    f /= await(env.value("g", 3));
    byte[] bytes = {1};
    bytes[0] -= await(env.value("h", 200));
    return b + " " + s + " " + c + " " + i + " " + l + " " + f + " " + bytes[0];
  }

  @Coroutine
  static String boxed(Env env) {
    Integer i = 5;
    i += await(env.value("a", 2));
    Long l = 1L;
    l += await(env.value("b", 3));
    Character c = 'a';
    c++;
    Integer[] array = {1, null};
    array[0] += await(env.value("c", 4));
    try {
      array[1] += await(env.value("d", 4));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    return "" + i++ + l + c + array[0] + i;
  }

  @Coroutine
  static String strings(Env env) {
    String s = "a";
    s += await(env.value("a", 1));
    s += s + await(env.value("b", 'c')) + null;
    String[] a = {null};
    a[0] += await(env.value("c", 2.0));
    Object o = "o";
    o += await(env.value("d", "p"));
    CharSequence chars = s;
    return s + a[0] + o + chars;
  }

  @Coroutine
  static String incrementsAsOperands(Env env) {
    int x = 1;
    int a = x++ + await(env.value("a", x)) + ++x;
    int b = -x-- - --x + await(env.value("b", x));
    byte t = 127;
    t++;
    double d = 0.5;
    d++;
    await(env.value("c", 0));
    return a + " " + b + " " + x + " " + t + " " + d;
  }

  @Coroutine
  static int nestedCompound(Env env) {
    int[] a = {1, 2};
    int i = 0;
    a[i] += a[++i] *= await(env.value("x", 3)) + (i = 0);
    return a[0] * 100 + a[1] * 10 + i;
  }

  @Coroutine
  static int resultOfCompoundIsUsed(Env env) {
    int x = 2;
    int y = (x += await(env.value("a", 3))) * (x <<= 1) + (x = await(env.value("b", 1)));
    int[] a = {4};
    return y * 100 + (a[0] |= await(env.value("c", 3))) + a[0] + x;
  }

  @Coroutine
  static int divisionByZeroKeepsTheOldValue(Env env) {
    int x = 7;
    try {
      x /= await(env.value("zero", 0));
    } catch (ArithmeticException e) {
      env.caught(e);
    }
    return x;
  }

  @Coroutine
  static long shiftsKeepTheirOwnWidth(Env env) {
    int i = 1;
    i <<= await(env.value("a", 33L));
    long l = 1;
    l <<= await(env.value("b", 33));
    l >>= i;
    return l | await(env.value("c", 1)) << 31;
  }
}
