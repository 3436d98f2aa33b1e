package io.fermata.conformance.realcode;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Random arguments of a type; the same seed gives the same, as other objects. */
final class Arguments {
  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "abc",
          "ABC",
          " ab c ",
          "a,b,,c",
          "12",
          "0x1F",
          "-1.5e3",
          "\u00e9\u00df",
          "true",
          "yes",
          "aXbXc",
          "java.lang.String",
          "en_GB",
          "2/3",
          "\n\t x",
          "\ud83d\ude00z",
          "aaa");

  private final Random random;

  Arguments(long seed) {
    random = new Random(seed);
  }

  /** For these parameters; empty if one has a type that nothing is known for. */
  Optional<@Nullable Object[]> of(Class<?>[] types) {
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (!isKnown(types[i])) {
        return Optional.empty();
      }
      arguments[i] = of(types[i]);
    }
    return Optional.of(arguments);
  }

  private static boolean isKnown(Class<?> type) {
    return type.isArray()
        ? isKnown(type.getComponentType())
        : type.isPrimitive()
            || type.isAssignableFrom(String.class)
            || type.isAssignableFrom(Integer.class)
            || type.isAssignableFrom(List.class)
            || List.of(
                    Boolean.class,
                    Character.class,
                    Byte.class,
                    Short.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    Class.class,
                    Locale.class,
                    Date.class,
                    Calendar.class,
                    Map.class,
                    TimeZone.class)
                .contains(type);
  }

  private @Nullable Object of(Class<?> type) {
    if (!type.isPrimitive() && random.nextInt(8) == 0) {
      return null;
    }
    if (type.isArray()) {
      Class<?> component = type.getComponentType();
      Object array =
          Array.newInstance(
              component == Object.class ? String.class : component, random.nextInt(4));
      for (int i = 0; i < Array.getLength(array); i++) {
        Array.set(array, i, component == Object.class ? string() : of(component));
      }
      return array;
    }
    if (type == Object.class) {
      return random.nextBoolean() ? string() : (Object) random.nextInt(3);
    }
    if (type.isAssignableFrom(String.class)) {
      return string();
    }
    if (type.isAssignableFrom(List.class)) {
      return Arrays.asList(string(), string(), null).subList(0, random.nextInt(4));
    }
    return value(type);
  }

  private Object value(Class<?> type) {
    int n = random.nextInt(14) - 2;
    if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    }
    if (type == char.class || type == Character.class) {
      return "aXb ,1\u00e9z".charAt(random.nextInt(8));
    }
    if (type == byte.class || type == Byte.class) {
      return (byte) n;
    }
    if (type == short.class || type == Short.class) {
      return (short) n;
    }
    if (type == long.class || type == Long.class) {
      return n * 1_000_003L;
    }
    if (type == float.class || type == Float.class) {
      return n / 2f;
    }
    if (type == double.class || type == Double.class) {
      return n == 0 ? Double.NaN : n / 4d;
    }
    if (type == Class.class) {
      return List.of(String.class, int.class, Integer.class, List.class, String[].class)
          .get(random.nextInt(5));
    }
    if (type == Locale.class) {
      return n % 2 == 0 ? Locale.ENGLISH : Locale.GERMANY;
    }
    if (type == Date.class) {
      return date(n);
    }
    if (type == Calendar.class) {
      Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
      calendar.setTimeInMillis(n * 86_400_123L);
      return calendar;
    }
    if (type == TimeZone.class) {
      return TimeZone.getTimeZone("UTC");
    }
    if (type == Map.class) {
      return Map.of(string(), n);
    }
    return n;
  }

  @SuppressWarnings("JavaUtilDate") // what the code base takes
  private static Date date(int n) {
    return new Date(n * 86_400_123L);
  }

  private String string() {
    return STRINGS.get(random.nextInt(STRINGS.size()));
  }
}
