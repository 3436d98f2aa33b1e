package io.fermata.conformance.traces;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coroutines that hold variables while they wait. */
class Locals {
  final String owner = "Ada";

  @Coroutine
  String outer(String name, int count) {
    List<Integer> parts = List.of(1, 2, 3);
    String unused = "dropped";
    System.out.print(unused.isEmpty() ? "never" : "");
    long total = 0;
    for (int part : parts) {
      total += part;
      String label = await(LocalsAsync.inner(name + part, null));
      total += label.length();
    }
    return name + count + total + owner;
  }

  @Coroutine
  static String inner(String label, @Nullable Object nothing) {
    int length = label.length();
    if (length > 0) {
      double half = length / 2.0;
      await(async(() -> await(LocalsAsync.pause(half))));
      return label + half + nothing;
    }
    String half = label;
    await(sleep(Duration.ofHours(1)));
    return half;
  }

  @Coroutine
  static int arrays(int... numbers) {
    byte[][] bytes = {{1, 2}, {}};
    Object[] itself = new Object[1];
    itself[0] = itself;
    char line = '\n';
    String lines = "a\nb";
    await(sleep(Duration.ofHours(1)));
    return numbers.length + bytes.length + itself.length + line + lines.length();
  }

  @Coroutine
  static void pause(double factor) {
    await(sleep(Duration.ofHours(1)));
    if (factor < 0) {
      throw new IllegalArgumentException();
    }
  }
}
