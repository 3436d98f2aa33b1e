package cases;

import static io.fermata.Async.*;
import io.fermata.*;
import io.fermata.conformance.env.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

final class Forms {
  static class Base {
    int base;

    Base(int a, Object b) {
      base = b == null ? a : -1;
    }

    Base(Integer... all) throws Exception {
      base = all.length;
    }
  }

  static class Outer<T> {
    T given;

    Outer(T a) {
      given = a;
    }

    class Inner {
      T kept = given;

      Inner(int n) {}
    }
  }

  static <T> T id(T a) {
    return a;
  }

  static <T> T pick(T a, T b) {
    return b;
  }

  static <T> T[] arr(T... a) {
    return a;
  }

  static <T> Supplier<T> sup(Supplier<T> a) {
    return a;
  }

  static int apply(IntUnaryOperator f, int n) {
    return f.applyAsInt(n);
  }

  // FORMS
}
