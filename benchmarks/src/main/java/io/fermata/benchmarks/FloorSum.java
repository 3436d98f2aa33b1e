package io.fermata.benchmarks;

import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import org.jspecify.annotations.Nullable;

/** The sum of the numbers that a frame gives, one each time it is called, and null at the end. */
final class FloorSum extends Frame {
  private final Frame numbers;
  private int sum;

  FloorSum(Frame numbers) {
    this.numbers = numbers;
  }

  @Override
  protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
    Object number = state == 0 ? call(task, numbers) : sent;
    state = 1;
    while (number instanceof Integer integer) {
      sum += integer;
      number = call(task, numbers);
    }
    return number == SUSPENDED ? SUSPENDED : (Object) sum;
  }
}
