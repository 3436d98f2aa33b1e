package io.fermata.processor.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * A source in which some pieces were replaced, with the way back: what stands in the new text comes
 * from a place in the old one.
 */
final class EditedText {

  /** Text from {@code start} on, which stands in the old source at {@code origin}. */
  private record Piece(int start, int origin, boolean isCopy) {}

  private final StringBuilder text = new StringBuilder();
  private final List<Piece> pieces = new ArrayList<>();
  private int copiedTo = -1;

  /** Adds a part of the old source as it is. */
  void copy(CharSequence source, int from, int to) {
    pieces.add(new Piece(text.length(), from, true));
    text.append(source, from, to);
    copiedTo = to;
  }

  /** Where the last copy ended in the old source; -1 before the first one. */
  int copiedTo() {
    return copiedTo;
  }

  /** Adds text that the old source has not; {@code origin} is the place it is there for. */
  void insert(String inserted, int origin) {
    pieces.add(new Piece(text.length(), origin, false));
    text.append(inserted);
  }

  boolean endsWith(char last) {
    return text.length() > 0 && text.charAt(text.length() - 1) == last;
  }

  /** The place in the old source. */
  int originOf(int position) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (pieces.get(middle).start() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Piece piece = pieces.get(low);
    return piece.isCopy() ? piece.origin() + position - piece.start() : piece.origin();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
