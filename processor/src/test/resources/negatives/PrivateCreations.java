package negative;

import static io.fermata.Async.await;

import io.fermata.Awaitable;
import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.function.Supplier;

class PrivateCreations {
  // ERROR fermata:private-access
  private static class Hidden {
    int n;
  }

  // ERROR fermata:private-access
  private class Inner {
    int n;
  }

  static class Kept {
    int n;

    // ERROR fermata:private-access
    private Kept(int n) {
      this.n = n;
    }
  }

  @Coroutine
  static int createdByNobodysConstructor(Awaitable<Integer> p) {
    // USES PrivateCreations.Hidden by PrivateCreations.createdByNobodysConstructor
    return new Hidden().n + await(p);
  }

  @Coroutine
  static int referred(Awaitable<Integer> p) {
    // USES PrivateCreations.Hidden by PrivateCreations.referred
    Supplier<Object> s = Hidden::new;
    return s.hashCode() + await(p);
  }

  @Coroutine
  static int inner(PrivateCreations around, Awaitable<Integer> p) {
    // USES PrivateCreations.Inner by PrivateCreations.inner
    return around.new Inner().n + await(p);
  }

  @Coroutine
  static int innerThatNeedsAName(PrivateCreations around, Awaitable<Integer> p) {
    // USES PrivateCreations.Inner by PrivateCreations.innerThatNeedsAName
    return around.new Inner() {
      int plus(int q) {
        return n + q;
      }
    }.plus(await(p));
  }

  @Coroutine
  static int supertypeOfOneThatNeedsAName(Awaitable<Integer> p) {
    // USES PrivateCreations.Hidden by PrivateCreations.supertypeOfOneThatNeedsAName
    return new Hidden() {
      int plus(int q) {
        return n + q;
      }
    }.plus(await(p));
  }

  @Coroutine
  static int typeArgumentOfOneThatNeedsAName(Awaitable<Integer> p) {
    // USES PrivateCreations.Hidden by PrivateCreations.typeArgumentOfOneThatNeedsAName
    return new ArrayList<Hidden>() {
      int plus(int q) {
        return size() + q;
      }
    }.plus(await(p));
  }

  @Coroutine
  static Object constructorOfAnAnonymousOne(Awaitable<Integer> p) {
    int n = await(p);
    // USES new Kept by PrivateCreations.constructorOfAnAnonymousOne
    return new Kept(n) {
      @Override
      public String toString() {
        return "kept " + n;
      }
    };
  }

  @Coroutine
  static int constructorOfOneThatNeedsAName(Awaitable<Integer> p) {
    // USES new Kept by PrivateCreations.constructorOfOneThatNeedsAName
    return new Kept(1) {
      int plus(int q) {
        return n + q;
      }
    }.plus(await(p));
  }
}
