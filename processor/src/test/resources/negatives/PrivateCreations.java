package negative;

import static io.fermata.Async.await;

import io.fermata.Awaitable;
import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.function.Supplier;

class PrivateCreations {
  private static class Hidden {
    int n;
  }

  private class Inner {
    int n;
  }

  static class Kept {
    int n;

    private Kept(int n) {
      this.n = n;
    }
  }

  @Coroutine
  static int createdByNobodysConstructor(Awaitable<Integer> p) {
    // ERROR fermata:private-access at Hidden
    return new Hidden().n + await(p);
  }

  @Coroutine
  static int referred(Awaitable<Integer> p) {
    // ERROR fermata:private-access at Hidden
    Supplier<Object> s = Hidden::new;
    return s.hashCode() + await(p);
  }

  @Coroutine
  static int inner(PrivateCreations around, Awaitable<Integer> p) {
    // ERROR fermata:private-access at Inner
    return around.new Inner().n + await(p);
  }

  @Coroutine
  static int innerThatNeedsAName(PrivateCreations around, Awaitable<Integer> p) {
    // ERROR fermata:private-access at Inner
    return around.new Inner() {
      int plus(int q) {
        return n + q;
      }
    }.plus(await(p));
  }

  @Coroutine
  static int supertypeOfOneThatNeedsAName(Awaitable<Integer> p) {
    // ERROR fermata:private-access at Hidden
    return new Hidden() {
      int plus(int q) {
        return n + q;
      }
    }.plus(await(p));
  }

  @Coroutine
  static int typeArgumentOfOneThatNeedsAName(Awaitable<Integer> p) {
    // ERROR fermata:private-access at Hidden
    return new ArrayList<Hidden>() {
      int plus(int q) {
        return size() + q;
      }
    }.plus(await(p));
  }

  @Coroutine
  static Object constructorOfAnAnonymousOne(Awaitable<Integer> p) {
    int n = await(p);
    // ERROR fermata:private-access
    return new Kept(n) {
      @Override
      public String toString() {
        return "kept " + n;
      }
    };
  }

  @Coroutine
  static int constructorOfOneThatNeedsAName(Awaitable<Integer> p) {
    // ERROR fermata:private-access
    return new Kept(1) {
      int plus(int q) {
        return n + q;
      }
    }.plus(await(p));
  }
}
