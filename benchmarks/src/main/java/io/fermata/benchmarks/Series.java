package io.fermata.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What the processes of one peer have told of one row. */
final class Series {
  private final List<Sample> samples = new ArrayList<>();

  void add(Sample sample) {
    samples.add(sample);
  }

  double median() {
    return sorted().get(samples.size() / 2);
  }

  /** The median, in brackets the least and the greatest, and the bytes if they are counted. */
  @Override
  public String toString() {
    List<Double> sorted = sorted();
    OptionalDouble bytes = samples.get(samples.size() - 1).bytes();
    return number(median())
        + " ["
        + number(sorted.get(0))
        + "–"
        + number(sorted.get(sorted.size() - 1))
        + "]"
        + (bytes.isPresent() ? String.format(Locale.ROOT, " %,.0f B", bytes.getAsDouble()) : "");
  }

  private List<Double> sorted() {
    return samples.stream().map(Sample::value).sorted().toList();
  }

  /** Three digits, or all those before the point. */
  static String number(double value) {
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
