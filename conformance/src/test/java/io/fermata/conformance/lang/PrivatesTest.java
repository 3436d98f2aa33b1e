package io.fermata.conformance.lang;

import static io.fermata.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What private members that are reached by a {@code Lookup} do when something goes wrong. */
class PrivatesTest {

  @Test
  void theTraceHasTheUsersLinesOnly() {
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> run(PrivatesAsync.fails(new Privates())));
    List<String> frames =
        Arrays.stream(failure.getStackTrace())
            .limit(3)
            .map(each -> each.getClassName() + "." + each.getMethodName())
            .toList();
    String self = "io.fermata.conformance.lang.Privates";
    assertEquals(List.of(self + ".fail", self + ".fails"), frames.subList(0, 2));
    assertTrue(frames.get(2).startsWith(self + "Test."), frames::toString);
  }

  @Test
  void noObjectIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> run(PrivatesAsync.countOf(null)));
    assertThrows(NullPointerException.class, () -> run(PrivatesAsync.addTo(null)));
  }

  @Test
  void aLookupThatDoesNotReachThem() {
    IllegalAccessError failure =
        assertThrows(
            IllegalAccessError.class, () -> run(Privates_PublicAsync.get(new Privates.Public())));
    String text = failure.toString();
    assertTrue(text.contains("Privates$Public"), text);
  }

  @Test
  void aLookupThatIsNotThereYet() {
    ExceptionInInitializerError failure =
        assertThrows(ExceptionInInitializerError.class, () -> Privates.Early.FIRST.toString());
    assertEquals(
        "the Lookup by which private members of io.fermata.conformance.lang.Privates$Early are"
            + " reached is null while the class is initialised: declare it first.",
        Objects.requireNonNull(failure.getCause()).getMessage());
  }
}
