package negative;

import static io.fermata.Async.await;

import io.fermata.Awaitable;
import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

class PrivateTypes {
  // ERROR fermata:private-access
  private static class Hidden implements Comparable<Hidden> {
    int count = 1;

    int plus(int n) {
      return count + n;
    }

    @Override
    public int compareTo(Hidden other) {
      return 0;
    }
  }

  // ERROR fermata:private-access
  private enum Level {
    LOW,
    HIGH
  }

  static class Base<T> {
    String plain(int n) {
      return "plain" + n;
    }

    String take(T value, int n) {
      return "take" + n;
    }

    T give(int n) {
      throw new IllegalStateException();
    }

    @SafeVarargs
    final int all(T... all) {
      return all.length;
    }
  }

  static Hidden hidden() {
    return new Hidden();
  }

  static Level level() {
    return Level.HIGH;
  }

  static Base<Hidden> base() {
    return new Base<>();
  }

  static Base<? extends Hidden> bounded() {
    return new Base<>();
  }

  static <N extends Hidden> N made(int n) {
    throw new IllegalStateException();
  }

  static int of(Hidden hidden, int n) {
    return n;
  }

  @Coroutine
  static String receivers(Awaitable<Integer> n) {
    String text = base().plain(await(n)) + bounded().plain(await(n)) + hidden() + await(n);
    // USES PrivateTypes.Hidden by PrivateTypes.receivers
    text += hidden().plus(await(n));
    // USES PrivateTypes.Hidden by PrivateTypes.receivers
    text += base().give(await(n));
    // USES PrivateTypes.Hidden by PrivateTypes.receivers
    return text + base().take(null, await(n));
  }

  @Coroutine
  static int arguments(Awaitable<Integer> n) {
    // USES PrivateTypes.Hidden by PrivateTypes.arguments
    int sum = of(hidden(), await(n));
    // USES PrivateTypes.Hidden by PrivateTypes.arguments
    return sum + bounded().all(made(await(n)));
  }

  @Coroutine
  static int members(Awaitable<Integer> n) {
    int sum = await(n);
    // USES PrivateTypes.Hidden by PrivateTypes.members
    return sum + hidden().count;
  }

  @Coroutine
  static int variables(Awaitable<Integer> n) {
    var kept = hidden();
    int sum = await(n);
    // USES PrivateTypes.Hidden by PrivateTypes.variables
    return sum + kept.plus(1);
  }

  @Coroutine
  static String declarations(Awaitable<Integer> n) {
    int sum = await(n);
    var kept = hidden();
    String text = sum + "" + kept;
    // USES PrivateTypes.Hidden by PrivateTypes.declarations
    for (var each : List.of(kept)) {
      text += each;
    }
    List<String> all = new ArrayList<>();
    // USES PrivateTypes.Hidden by PrivateTypes.declarations
    List.of(base()).forEach(each -> all.add("" + each));
    return text + all;
  }

  @Coroutine
  static int labels(Awaitable<Integer> n) {
    return switch (level()) {
      // USES PrivateTypes.Level by PrivateTypes.labels
      case LOW -> await(n);
      default -> 2;
    };
  }

  // ERROR fermata:private-access
  private interface Counter {
    int count();
  }

  static int counted(Counter counter) {
    return counter.count();
  }

  static <T> T given(Supplier<T> supplier) {
    return supplier.get();
  }

  @Coroutine
  static String functions(Awaitable<Integer> n) {
    int k = await(n);
    List<Object> all = new ArrayList<>();
    // USES PrivateTypes.Hidden by PrivateTypes.functions
    List.of(hidden()).forEach(all::add);
    // USES PrivateTypes.Hidden by PrivateTypes.functions
    String text = "" + given(() -> hidden());
    // USES PrivateTypes.Hidden by PrivateTypes.functions
    text += given(PrivateTypes::hidden);
    // USES PrivateTypes.Counter by PrivateTypes.functions
    return text + counted(() -> k);
  }

  static Function<Hidden, String> describing() {
    return Object::toString;
  }

  @Coroutine
  static String keptFunctions(Awaitable<Integer> n) {
    var describing = describing();
    int k = await(n);
    // USES PrivateTypes.Hidden by PrivateTypes.keptFunctions
    return k + "" + Stream.of(hidden()).map(describing).toList();
  }
}
