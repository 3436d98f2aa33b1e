package io.fermata.conformance.realcode;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A source and the copies of its methods, among which inner classes hand out the objects around.
 *
 * @param original the text of the source
 * @param opened the same without {@code private}, as long as the original
 * @param copies in the order of their places
 */
record CopiedSource(String name, String original, String opened, List<Copy> copies) {

  /** A method to be put in at a place of the source. */
  record Copy(int at, String text, boolean isCoroutine) {}

  /** How many copies are coroutines. */
  int count() {
    return (int) copies.stream().filter(Copy::isCoroutine).count();
  }

  /** The source with its copies. */
  String text() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Copy copy : copies) {
      text.append(opened, at, copy.at()).append(copy.text());
      at = copy.at();
    }
    return text.append(opened, at, opened.length()).toString();
  }

  /** The copy that stands at a position of the {@link #text}. */
  Optional<Copy> copyAt(long position) {
    int shift = 0;
    for (Copy copy : copies) {
      int from = copy.at() + shift;
      shift += copy.text().length();
      if (from <= position && position < copy.at() + shift) {
        return Optional.of(copy);
      }
    }
    return Optional.empty();
  }

  boolean isOpen() {
    return !opened.equals(original);
  }

  /** The same with its members private again. */
  CopiedSource closed() {
    return new CopiedSource(name, original, original, copies);
  }

  CopiedSource withoutCopiesAt(List<Problem> problems) {
    int[] ends = lineEnds();
    Set<Copy> faulty =
        problems.stream()
            .flatMap(
                each ->
                    LongStream.concat(
                            LongStream.of(each.position()),
                            each.namedLines().stream().mapToLong(line -> ends[line - 1]))
                        .boxed())
            .flatMap(each -> copyAt(each).stream())
            .collect(toSet());
    return new CopiedSource(
        name, original, opened, copies.stream().filter(each -> !faulty.contains(each)).toList());
  }

  private int[] lineEnds() {
    String text = text() + "\n";
    return IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray();
  }
}
