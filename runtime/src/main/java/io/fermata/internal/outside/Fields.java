package io.fermata.internal.outside;

import io.fermata.internal.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON whose fields are known. What is not as expected is an {@link
 * IllegalArgumentException}.
 */
final class Fields {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  private Fields(Map<?, ?> map) {
    map.forEach((key, value) -> fields.put(String.valueOf(key), value));
  }

  static Fields read(String json) {
    return of(Json.read(json));
  }

  private static Fields of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map);
    }
    throw new IllegalArgumentException("no object: " + value);
  }

  /** The same with one field more, at the end. */
  Fields with(String key, @Nullable Object value) {
    Fields more = new Fields(fields);
    more.fields.put(key, value);
    return more;
  }

  Map<String, @Nullable Object> asMap() {
    return fields;
  }

  String text(String key) {
    return get(key, String.class);
  }

  @Nullable String textOrNull(String key) {
    return fields.get(key) == null ? null : text(key);
  }

  long number(String key) {
    return get(key, Long.class);
  }

  /** A part of a whole, or a whole number. */
  double share(String key) {
    return get(key, Number.class).doubleValue();
  }

  boolean has(String key) {
    return fields.get(key) != null;
  }

  List<Fields> objects(String key) {
    return list(key, Fields::of);
  }

  List<String> texts(String key) {
    return list(key, String.class::cast);
  }

  List<Long> numbers(String key) {
    return list(key, Long.class::cast);
  }

  List<List<Long>> lists(String key) {
    return list(key, element -> numbers(List.class.cast(element)));
  }

  private static List<Long> numbers(List<?> elements) {
    List<Long> numbers = new ArrayList<>();
    elements.forEach(element -> numbers.add(Long.class.cast(element)));
    return numbers;
  }

  private <T> List<T> list(String key, Function<Object, T> as) {
    List<T> elements = new ArrayList<>();
    for (Object element : get(key, List.class)) {
      try {
        elements.add(as.apply(element));
      } catch (ClassCastException e) {
        throw new IllegalArgumentException("in " + key + ": " + element, e);
      }
    }
    return elements;
  }

  private <T> T get(String key, Class<T> type) {
    Object value = fields.get(key);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(key + " is " + value);
    }
    return type.cast(value);
  }
}
