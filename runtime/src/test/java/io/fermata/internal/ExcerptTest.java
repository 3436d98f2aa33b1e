package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final int MANY = 5_000_000;

  /** An element that counts how often its text is asked for. */
  private static final class Counted implements Comparable<Counted> {
    private final int[] texts;

    Counted(int[] texts) {
      this.texts = texts;
    }

    @Override
    public int compareTo(Counted other) {
      return 0;
    }

    @Override
    public String toString() {
      texts[0]++;
      return "element";
    }
  }

  @Test
  void isWhatTheTextOfAnyValueBeginsWith() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Object value = value(random, 4);
      String text = String.valueOf(value);
      assertEquals(
          text.length() <= 200 ? text : text.substring(0, 200) + "...", Excerpt.of(value), text);
    }
  }

  @SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"}) // what users may hold
  private static Object value(Random random, int depth) {
    int size = random.nextInt(6);
    return switch (random.nextInt(depth == 0 ? 4 : 13)) {
      case 0 -> null;
      case 1 -> random.nextInt(1000);
      case 2 -> "text".repeat(random.nextInt(8));
      case 3 -> new StringBuilder("x".repeat(random.nextInt(300)));
      case 4 -> values(random, depth, size);
      case 5 -> Collections.unmodifiableList(values(random, depth, size));
      case 6 -> new LinkedList<>(values(random, depth, size));
      case 7 -> new TreeSet<>(List.of(1, 2, random.nextInt(1000) + 3));
      case 8 -> Optional.ofNullable(value(random, depth - 1));
      case 9 -> new int[0].getClass();
      case 10 -> Map.entry("key", values(random, depth, size));
      case 11 -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          map.put(value(random, 0), value(random, depth - 1));
        }
        yield map;
      }
      default -> Arrays.asList("of", "an", "array").subList(0, size % 4);
    };
  }

  private static List<Object> values(Random random, int depth, int size) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(value(random, depth - 1));
    }
    return values;
  }

  @Test
  @SuppressWarnings("UnnecessaryStringBuilder") // a CharSequence that is no String
  void readsNoMoreOfAContainerThanItTells() {
    List<Function<List<Counted>, Object>> containers =
        List.of(
            list -> list,
            Collections::unmodifiableList,
            List::of,
            list -> List.of(1, List.of(2, list)),
            list -> Map.of("key", list),
            list -> Map.of(list, "value"),
            list -> Map.entry("key", list),
            Optional::of,
            ArrayDeque::new,
            Collections::synchronizedCollection,
            list -> new TreeMap<>(Map.of(1, list, 2, list)),
            list -> {
              Map<Integer, Counted> map = new HashMap<>();
              for (int i = 0; i < 1_000; i++) {
                map.put(i, list.get(i));
              }
              return map;
            },
            list -> Collections.nCopies(MANY, List.of()),
            list -> "text".repeat(MANY),
            list -> new StringBuilder("text".repeat(MANY)));
    for (Function<List<Counted>, Object> container : containers) {
      int[] texts = new int[1];
      Object value = container.apply(Collections.nCopies(MANY, new Counted(texts)));
      String excerpt = Excerpt.of(value);
      assertEquals(203, excerpt.length(), excerpt);
      assertTrue(excerpt.endsWith("..."), excerpt);
      assertTrue(texts[0] <= 25, () -> texts[0] + " elements were read");
    }
  }

  @Test
  void endsAtContainersThatHoldThemselves() {
    List<Object> list = new ArrayList<>();
    Map<Object, Object> map = new HashMap<>();
    list.add(1);
    list.add(list);
    list.add(map);
    map.put("list", list);
    assertEquals("[1, ..., {list=...}]", Excerpt.of(list));
    assertEquals("{list=[1, ..., ...]}", Excerpt.of(map));
    List<Object> shared = List.of(2);
    assertEquals("[[2], [2]]", Excerpt.of(List.of(shared, shared)), "twice is no circle");
  }

  @Test
  void endsAtContainersThatAreNestedTooDeep() {
    Object nested = List.of();
    for (int i = 0; i < 100_000; i++) {
      nested = List.of(nested);
    }
    assertEquals("[".repeat(16) + "..." + "]".repeat(16), Excerpt.of(nested));
  }

  @Test
  void tellsOfATextThatCantBeMadeWhichAndWhy() {
    Object throwing =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException("no text");
          }
        };
    String told =
        throwing.getClass().getName()
            + "@"
            + Integer.toHexString(System.identityHashCode(throwing))
            + " (its text can't be made: java.lang.UnsupportedOperationException)";
    assertEquals(told, Excerpt.of(throwing));
    assertEquals("[1, " + told + "]", Excerpt.of(List.of(1, throwing)));
    assertEquals("{key=" + told + "}", Excerpt.of(Map.of("key", throwing)));
    Object outOfMemory =
        new Object() {
          @Override
          public String toString() {
            throw new OutOfMemoryError();
          }
        };
    assertTrue(Excerpt.of(outOfMemory).endsWith("made: java.lang.OutOfMemoryError)"));
    Object without =
        new Object() {
          @Override
          @SuppressWarnings("ToStringReturnsNull") // users do
          public String toString() {
            return null;
          }
        };
    assertEquals("null", Excerpt.of(without));
    assertEquals("[null]", Excerpt.of(List.of(without)));
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertEquals("a".repeat(199) + "...", Excerpt.of("a".repeat(199) + "\uD83D\uDE00 and more"));
  }
}
