package io.fermata.net;

import io.fermata.internal.net.Buffers;
import org.jspecify.annotations.Nullable;

/**
 * Boxes of the counts that a read gives, each made once. Any thread may make one: a box that two
 * make at the same time is as good as the other.
 */
final class Counts {
  private static final int PER_PAGE = 1024;

  /** A page is made when it is needed, for most programs read messages of few sizes. */
  private static final @Nullable Integer[] @Nullable [] PAGES =
      new @Nullable Integer[Buffers.SIZE / PER_PAGE + 1] @Nullable [];

  private Counts() {}

  /** The count as an object. */
  static Integer box(int count) {
    int number = count / PER_PAGE;
    if (number >= PAGES.length) {
      return count;
    }
    @Nullable Integer @Nullable [] page = PAGES[number];
    if (page == null) {
      page = new @Nullable Integer[PER_PAGE];
      PAGES[number] = page;
    }
    Integer box = page[count % PER_PAGE];
    if (box == null) {
      box = count;
      page[count % PER_PAGE] = box;
    }
    return box;
  }
}
