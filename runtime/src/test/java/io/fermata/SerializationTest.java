package io.fermata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fermata.net.IncompleteReadException;
import io.fermata.net.LimitOverrunException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever the runtime throws comes through serialization whole. */
class SerializationTest {

  @SuppressWarnings("BanSerializableRead") // what was just written
  private static Throwable roundTrip(Throwable thrown) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thrown);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Throwable) in.readObject();
    }
  }

  private static void assertSameAfterwards(Throwable thrown)
      throws IOException, ClassNotFoundException {
    assertSameThrowable(thrown, roundTrip(thrown));
  }

  private static void assertSameThrowable(Throwable expected, Throwable actual) {
    if (expected == null) {
      assertSame(null, actual);
      return;
    }
    assertSame(expected.getClass(), actual.getClass());
    assertEquals(expected.getMessage(), actual.getMessage());
    assertArrayEquals(expected.getStackTrace(), actual.getStackTrace());
    assertSameThrowable(expected.getCause(), actual.getCause());
    assertSameThrowables(List.of(expected.getSuppressed()), List.of(actual.getSuppressed()));
    if (expected instanceof ExceptionGroup group) {
      assertSameThrowables(group.exceptions(), ((ExceptionGroup) actual).exceptions());
    }
    if (expected instanceof IncompleteReadException read) {
      assertArrayEquals(read.partial(), ((IncompleteReadException) actual).partial());
      assertEquals(read.expected(), ((IncompleteReadException) actual).expected());
    }
    if (expected instanceof LimitOverrunException overrun) {
      assertEquals(overrun.consumed(), ((LimitOverrunException) actual).consumed());
    }
    if (expected instanceof CancelledError error) {
      assertEquals(
          error.reason() == null ? null : error.reason().toString(),
          ((CancelledError) actual).reason());
    }
  }

  private static void assertSameThrowables(
      List<? extends Throwable> expected, List<? extends Throwable> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertSameThrowable(expected.get(i), actual.get(i));
    }
  }

  /** Each class of the runtime that can be thrown, made with each of its constructors. */
  @TestFactory
  Stream<DynamicTest> everyThrowable() throws IOException, URISyntaxException {
    Path classes = Path.of(Async.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && name.startsWith("io"))
          .map(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
          .filter(Throwable.class::isAssignableFrom)
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .forEach(found::add);
    }
    assertEquals(true, found.size() > 8);
    return found.stream()
        .flatMap(type -> Stream.of(type.getDeclaredConstructors()))
        .filter(constructor -> !constructor.isSynthetic())
        .map(
            constructor ->
                DynamicTest.dynamicTest(
                    constructor.toString(), () -> assertSameAfterwards(made(constructor))));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable made(Constructor<?> constructor) throws ReflectiveOperationException {
    constructor.setAccessible(true);
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : constructor.getParameterTypes()) {
      arguments.add(
          type == String.class
              ? "what happened"
              : type == List.class
                  ? List.of(new CancelledError(new Object()), new ArithmeticException("x"))
                  : type == Throwable[].class
                      ? new Throwable[] {new ArithmeticException("x")}
                      : type == Throwable.class
                          ? new IllegalStateException("cause")
                          : type == int.class
                              ? (Object) 7
                              : type == byte[].class ? new byte[] {1, 2} : new Object());
    }
    Throwable thrown = (Throwable) constructor.newInstance(arguments.toArray());
    return thrown;
  }

  @Test
  void groupsInGroupsComeThroughWhole() throws Exception {
    CancelledError cancelled = new CancelledError("why");
    cancelled.addSuppressed(new ArithmeticException("on the way"));
    assertSameAfterwards(
        new ExceptionGroup(
            "outer",
            List.of(
                new AsyncTimeoutException("late", cancelled),
                new ExceptionGroup("inner", List.of(new IllegalStateException("x"), cancelled)))));
  }
}
