package io.fermata.benchmarks;

import io.fermata.Coroutine;
import io.fermata.Yielder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A loop over a plain generator: what each value costs. The floor is an iterator by hand. */
public class GeneratorBenchmark {
  private static final int VALUES = 1_000_000;
  private static final int DIFFERENT = 100;

  @Coroutine
  static void numbers(Yielder<Integer> out, int count) {
    for (int i = 0; i < count; i++) {
      out.yield(i % DIFFERENT);
    }
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int fermata() {
    int sum = 0;
    for (int number : GeneratorBenchmarkAsync.numbers(VALUES)) {
      sum += number;
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int floor() {
    int sum = 0;
    for (Iterator<Integer> numbers = new Numbers(VALUES); numbers.hasNext(); ) {
      sum += numbers.next();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int streamIterate() {
    int sum = 0;
    for (Iterator<Integer> numbers =
            Stream.iterate(0, i -> i < VALUES, i -> i + 1).map(i -> i % DIFFERENT).iterator();
        numbers.hasNext(); ) {
      sum += numbers.next();
    }
    return sum;
  }

  private static final class Numbers implements Iterator<Integer> {
    private final int count;
    private int i;

    Numbers(int count) {
      this.count = count;
    }

    @Override
    public boolean hasNext() {
      return i < count;
    }

    @Override
    public Integer next() {
      if (i == count) {
        throw new NoSuchElementException();
      }
      return i++ % DIFFERENT;
    }
  }
}
