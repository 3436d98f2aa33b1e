package io.fermata.conformance.realcode;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.RunOptions;
import io.fermata.conformance.script.Description;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The static methods of commons-lang3, made coroutines that await wherever they can, do what they
 * did: the same results, exceptions and changes of their arguments.
 */
final class RealCodeTest {
  private static final Path SOURCES = Path.of("target/test-inputs/commons-lang3-sources.jar");
  private static final Path BINARIES = Path.of("target/test-inputs/commons-lang3.jar");
  private static final String PACKAGE = "org/apache/commons/lang3/";
  private static final List<String> CLASSES =
      List.of(
          "ArrayUtils",
          "BooleanUtils",
          "CharSequenceUtils",
          "CharSetUtils",
          "CharUtils",
          "ClassUtils",
          "Conversion",
          "EnumUtils",
          "LocaleUtils",
          "ObjectUtils",
          "StringEscapeUtils",
          "StringUtils",
          "Validate",
          "math/IEEE754rUtils",
          "math/NumberUtils",
          "text/WordUtils",
          "time/DateUtils",
          "time/DurationFormatUtils");

  private static final int CALLS_PER_METHOD = 30;
  private static final RunOptions VIRTUAL =
      RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new);

  @TempDir Path folder;

  @Test
  void staticMethodsOfCommonsLang_doAsCoroutinesWhatTheyDid()
      throws IOException, ReflectiveOperationException {
    Javac javac = new Javac(List.of(BINARIES));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    assertEquals(List.of(), javac.compile(copies(javac), classes));

    List<String> differences = new ArrayList<>();
    Count count = new Count();
    URL[] path = {classes.toUri().toURL(), BINARIES.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      for (String name : CLASSES) {
        compare(loader, (PACKAGE + name).replace('/', '.'), count, differences);
      }
    }
    System.out.println(count + " of commons-lang3 compared");
    assertEquals("", String.join("\n", differences));
    assertTrue(count.methods > 1_000, count::toString);
    assertTrue(count.values > 20_000 && count.exceptions > 3_000, count::toString);
  }

  /** How much was compared. */
  private static final class Count {
    int methods;
    int values;
    int exceptions;

    @Override
    public String toString() {
      return methods + " methods, " + values + " results and " + exceptions + " exceptions";
    }
  }

  private static void compare(
      ClassLoader loader, String className, Count count, List<String> differences)
      throws ReflectiveOperationException {
    Class<?> original = loader.loadClass(className);
    Class<?> twins = loader.loadClass(className + "Async");
    Method[] methods = original.getDeclaredMethods();
    Arrays.sort(methods, Comparator.comparing(Method::toString));
    for (Method method : methods) {
      Optional<Method> twin =
          Arrays.stream(twins.getDeclaredMethods())
              .filter(each -> each.getName().equals(CoroutineCopies.copyOf(method.getName())))
              .filter(each -> Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
              .findFirst();
      boolean isRandom = method.getName().equals("shuffle");
      if (!Modifier.isStatic(method.getModifiers()) || twin.isEmpty() || isRandom) {
        continue;
      }
      method.setAccessible(true);
      twin.get().setAccessible(true);
      boolean compared = false;
      for (int seed = 0; seed < CALLS_PER_METHOD; seed++) {
        long all = 31L * method.toString().hashCode() + seed;
        Optional<@Nullable Object[]> given = new Arguments(all).of(method.getParameterTypes());
        Optional<@Nullable Object[]> same = new Arguments(all).of(method.getParameterTypes());
        if (given.isEmpty() || same.isEmpty()) {
          break;
        }
        compared = true;
        String shown = Description.of(given.get());
        String expected = outcome(method, given.get());
        String actual = outcome(twin.get(), same.get());
        if (expected.startsWith("throws")) {
          count.exceptions++;
        } else {
          count.values++;
        }
        if (!expected.equals(actual)) {
          differences.add(
              method + " of " + shown + "\n  original:  " + expected + "\n  coroutine: " + actual);
        }
      }
      count.methods += compared ? 1 : 0;
    }
  }

  private static String outcome(Method method, @Nullable Object[] arguments)
      throws IllegalAccessException {
    String outcome;
    try {
      Object result = method.invoke(null, arguments);
      if (result instanceof Coro<?> coro) {
        result = Async.run(coro, VIRTUAL);
      }
      outcome = "gives " + described(result);
    } catch (InvocationTargetException e) {
      outcome = "throws " + Description.of(requireNonNull(e.getCause()));
    } catch (IllegalAccessException e) {
      throw e;
    } catch (Throwable e) {
      outcome = "throws " + Description.of(e);
    }
    return outcome + ", arguments then " + Description.of(arguments);
  }

  /** Objects without a text of their own are compared by what they give, or by their class. */
  private static String described(@Nullable Object result) {
    if (result instanceof Supplier<?> supplier) {
      return "supplier of " + Description.of(supplier.get());
    }
    if (result instanceof Iterable<?> iterable) {
      StringBuilder elements = new StringBuilder("elements");
      iterable.forEach(each -> elements.append(' ').append(Description.of(each)));
      return elements.toString();
    }
    return Description.of(result).replaceAll("@[0-9a-f]{5,}", "@");
  }

  private static Map<String, String> copies(Javac javac) throws IOException {
    Map<String, String> sources = new SourceJar(SOURCES).read();
    sources.keySet().retainAll(CLASSES.stream().map(each -> PACKAGE + each + ".java").toList());
    Map<String, String> copies = new TreeMap<>();
    for (Source each : javac.analyze(sources).sources()) {
      copies.put(each.name(), CoroutineCopies.ofStaticMethods(each).text());
    }
    return copies;
  }
}
