package io.fermata.example.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void values_areWrittenAsJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("a", Arrays.asList(1, -2.5, true, null, 10_000_000_000L));
    map.put("b\"", Map.of("c", List.of()));
    assertEquals("{\"a\":[1,-2.5,true,null,10000000000],\"b\\\"\":{\"c\":[]}}", Json.write(map));
  }

  @Test
  void whatWouldEndAText_isEscaped() {
    assertEquals("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/é\"", Json.write("\"\\\n\r\t\0\u001f/é"));
    assertEquals("\"\\ud83d\\ude00\\ud800\"", Json.write("\ud83d\ude00\ud800"));
  }

  @Test
  void whatJsonHasNothingFor_isRefused() {
    for (Object value : List.of(Double.NaN, Float.POSITIVE_INFINITY, new Object(), 'c')) {
      assertThrows(IllegalArgumentException.class, () -> Json.write(List.of(value)));
    }
  }
}
