package io.fermata.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the processes of one peer have told of one row. */
final class Series {
  private final List<Sample> samples = new ArrayList<>();

  void add(Sample sample) {
    samples.add(sample);
  }

  double median() {
    return middle(sorted());
  }

  /** The median, in brackets the least and the greatest, and the bytes if they are counted. */
  @Override
  public String toString() {
    List<Double> sorted = sorted();
    List<Double> bytes =
        samples.stream().flatMap(sample -> sample.bytes().stream().boxed()).sorted().toList();
    return number(median())
        + " ["
        + number(sorted.get(0))
        + "–"
        + number(sorted.get(sorted.size() - 1))
        + "]"
        + (bytes.isEmpty() ? "" : String.format(Locale.ROOT, " %,.0f B", middle(bytes)));
  }

  private static double middle(List<Double> sorted) {
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
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
