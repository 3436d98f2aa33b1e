package io.fermata.internal.reports;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class UserFramesTest {

  /** Those that are not public are known by their names alone. */
  @TestFactory
  Stream<DynamicTest> whatStandsBetweenUsersFramesIsThere() {
    ClassLoader runtimes = UserFrames.class.getClassLoader();
    return UserFrames.MACHINERY.stream()
        .sorted()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> assertDoesNotThrow(() -> Class.forName(name, false, runtimes))));
  }
}
