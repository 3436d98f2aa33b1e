package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void write_isJsonInAsciiOnOneLine() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "\"\\\n\u00e9\u001b\u2028");
    object.put("numbers", Arrays.asList(1, -2L, 0.25));
    object.put("words", Arrays.asList(true, false, null));
    object.put("empty", List.of(List.of(), Map.of(), ""));
    assertEquals(
        "{\"text\":\"\\\"\\\\\\u000a\\u00e9\\u001b\\u2028\",\"numbers\":[1,-2,0.25],"
            + "\"words\":[true,false,null],\"empty\":[[],{},\"\"]}",
        Json.write(object));
  }

  @Test
  void read_takesWhatOthersWrite() {
    assertEquals(
        Map.of("a", List.of(1L, 2.5, -1000.0, "\u00e9/\"\\\b\f\n\r\t"), "b", Map.of()),
        Json.read(
            " { \"a\" : [ 1 , 2.5 , -1e3 , \"\\u00E9\\/\\\"\\\\\\b\\f\\n\\r\\t\" ] ,\n\t\"b\":{ } } "));
  }

  @Test
  void whatIsWrittenIsRead() {
    for (int seed = 0; seed < 2_000; seed++) {
      Object value = value(new Random(seed), 4);
      String text = Json.write(value);
      assertEquals(value, Json.read(text), "seed " + seed + ": " + text);
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> random.nextInt(100) / 4.0;
      case 4 -> text(random);
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : Character.MAX_VALUE + 1));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "tru",
        "nul",
        "1-",
        "--1",
        "1 1",
        "x",
        "1e",
        "."
      })
  void read_refusesWhatIsNoJson(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.read(text));
  }
}
