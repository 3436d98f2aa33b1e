package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing of the runtime keeps the class loader of an application that has ended. */
@Timeout(120)
class LoaderTest {
  private static final String BEAN = "io.fermata:type=Tasks of 1";

  private static void assertPrints(List<String> expected, String... uses) throws Exception {
    JavaProcess java = new JavaProcess("-Xmx64m");
    assertEquals(
        new JavaProcess.Ended(0, expected),
        java.run(LoaderProgram.class, (process, line) -> {}, uses));
  }

  @Test
  void theLoaderOfAnApplicationGoesWithItsLoops() throws Exception {
    List<String> uses =
        List.of(
            "plain",
            "debug",
            "virtual",
            "variable",
            "variable in a context",
            "thread-local",
            "shared plain",
            "shared debug",
            "shared variable",
            "shared variable in a context",
            "shared thread-local");
    List<String> expected = new ArrayList<>();
    uses.forEach(use -> expected.add(use + ": gone"));
    expected.add("beans left: []");
    assertPrints(expected, uses.toArray(String[]::new));
  }

  @Test
  void aFailureThatIsThrownOutOfARunKeepsNoLoader() throws Exception {
    assertPrints(List.of("failed", "failure: gone", "beans left: []"), "failure");
  }

  @Test
  void theBeanGoesWithTheLastLoop() throws Exception {
    assertPrints(
        List.of(
            "[" + BEAN + "]",
            "bean: gone",
            "[" + BEAN + "]",
            "shared bean: gone",
            "[" + BEAN + "]",
            "long: gone",
            "beans left: []"),
        "bean",
        "shared bean",
        "long");
  }

  @Test
  void eachApplicationHasABeanOfItsOwnForItsOwnLoops() throws Exception {
    assertPrints(
        List.of(
            "[" + BEAN + ", io.fermata:type=Tasks,loader=... of 1]",
            "two applications: gone",
            "beans left: []"),
        "two applications");
  }
}
