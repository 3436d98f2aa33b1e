package io.fermata.junit;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * All orders of a program, one after the other: a number that counts up, whose digits are the
 * choices that the program's run asks for, each with a base of its own.
 *
 * <p>The first one leaves what is ready as it is.
 *
 * <pre>
 *   asked for one of 2, of 3 and of 2:   000  001  010  011  020  021  100  ...
 * </pre>
 */
final class Orders implements RandomGenerator {
  private static final int UNKNOWN = 0;

  private int[] choices = new int[16];
  private int[] bounds = new int[16];

  /** So many were made before, and are made again. */
  private int given;

  /** So many were asked for in this run. */
  private int asked;

  /** All of them. */
  Orders() {}

  /** From this one on. */
  Orders(int... first) {
    this.choices = first.clone();
    this.bounds = new int[first.length];
    this.given = first.length;
  }

  /** A run begins. */
  void begin() {
    asked = 0;
  }

  @Override
  public int nextInt(int bound) {
    if (asked == choices.length) {
      choices = Arrays.copyOf(choices, Math.max(16, asked * 2));
      bounds = Arrays.copyOf(bounds, choices.length);
    }
    if (asked >= given) {
      choices[asked] = 0;
    } else if (choices[asked] >= bound || (bounds[asked] != UNKNOWN && bounds[asked] != bound)) {
      throw isErratic();
    }
    bounds[asked] = bound;
    return bound - 1 - choices[asked++];
  }

  private static IllegalStateException isErratic() {
    return new IllegalStateException(
        "the test does not do the same in each run, so its orders can't be counted: keep clocks,"
            + " random numbers and threads out of it, or try orders at random.");
  }

  /** Goes on to the next order; false if there is none. */
  boolean next() {
    if (asked < given) {
      throw isErratic();
    }
    given = asked;
    while (given > 0 && choices[given - 1] + 1 == bounds[given - 1]) {
      given--;
    }
    if (given == 0) {
      return false;
    }
    choices[given - 1]++;
    return true;
  }

  @Override
  public long nextLong() {
    throw new AssertionError("only choices are asked for");
  }

  /** The order of this run, as an annotation has it; what comes after it is 0. */
  @Override
  public String toString() {
    int length = asked;
    while (length > 1 && choices[length - 1] == 0) {
      length--;
    }
    return Arrays.stream(choices, 0, length)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
