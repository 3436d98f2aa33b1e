package io.fermata.conformance.lang;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofMillis;

import io.fermata.Coroutine;
import io.fermata.Yielder;
import java.util.List;

/** Type parameters that hide those of classes around them, or are hidden by a class. */
@SuppressWarnings("TypeParameterShadowing")
final class HiddenTypes {
  private HiddenTypes() {}

  static class Holder<T, U extends List<T>> {
    T t;
    U u;

    Holder(T t, U u) {
      this.t = t;
      this.u = u;
    }

    class Inner<T> {
      T mine;

      Inner(T mine) {
        this.mine = mine;
      }

      final Holder<?, ?> outer() {
        return Holder.this;
      }

      @Coroutine
      <T> String both(T x, List<? super T> list) {
        T before = x;
        list.add(await(sleep(ofMillis(1), x)));
        return mine + "" + before + list;
      }

      @Coroutine
      <L extends List<T>> T bound(L list) {
        T first = list.get(await(sleep(ofMillis(1), 0)));
        return first == null ? mine : first;
      }
    }

    @Coroutine
    <T extends Comparable<T>> String compared(T a, T b) {
      int order = a.compareTo(await(sleep(ofMillis(1), b)));
      var first = u.get(0);
      T more = await(async(() -> a.compareTo(await(sleep(ofMillis(1), b))) > 0 ? a : b));
      return t + "" + order + first + more + u;
    }

    @Coroutine
    <U extends Exception> T thrown(U failure) throws U {
      T kept = t;
      if (await(sleep(ofMillis(1), true))) {
        throw failure;
      }
      return kept;
    }

    @Coroutine
    <T> void all(Yielder<T> out, T a) {
      T kept = a;
      out.yield(a);
      out.yield(kept);
    }

    @Coroutine
    T byClass(T a) {
      T before = t;
      await(sleep(ofMillis(1)));
      class T {
        int one = 1;

        Object around() {
          return a;
        }
      }
      T made = new T();
      await(sleep(ofMillis(1)));
      return made.one == 1 && made.around() == a ? before : a;
    }
  }
}
