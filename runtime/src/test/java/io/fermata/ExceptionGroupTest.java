package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ExceptionGroupTest {
  private static final int DEEP = 200_000;

  private static ExceptionGroup random(Random random, int depth) {
    List<Throwable> members = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      members.add(
          depth > 0 && random.nextInt(3) == 0
              ? random(random, depth - 1)
              : random.nextBoolean() ? new IllegalStateException() : new ArithmeticException());
    }
    return new ExceptionGroup("depth " + depth, members);
  }

  /** The members that fit, in their nesting: by recursion. */
  private static List<Object> shape(Throwable member, Predicate<Throwable> fits) {
    if (!(member instanceof ExceptionGroup group)) {
      return fits.test(member) ? List.of(member) : List.of();
    }
    List<Object> members = new ArrayList<>();
    for (Throwable each : group.exceptions()) {
      List<Object> shape = shape(each, fits);
      if (!shape.isEmpty()) {
        members.add(each instanceof ExceptionGroup ? shape : shape.get(0));
      }
    }
    return members;
  }

  private static List<Object> shape(Optional<ExceptionGroup> group) {
    return group.map(each -> shape(each, leaf -> true)).orElse(List.of());
  }

  private static void addLeaves(Throwable member, List<Throwable> leaves) {
    if (member instanceof ExceptionGroup group) {
      group.exceptions().forEach(each -> addLeaves(each, leaves));
    } else {
      leaves.add(member);
    }
  }

  @Test
  void partsAndLeavesAreThoseThatARecursionFinds() {
    for (long seed = 0; seed < 300; seed++) {
      ExceptionGroup group = random(new Random(seed), 5);
      List<Throwable> leaves = new ArrayList<>();
      addLeaves(group, leaves);
      assertEquals(leaves, group.leaves());
      ExceptionGroup.Split split = group.split(ArithmeticException.class);
      assertEquals(
          shape(group, leaf -> leaf instanceof ArithmeticException), shape(split.matching()));
      assertEquals(
          shape(group, leaf -> !(leaf instanceof ArithmeticException)), shape(split.rest()));
      assertSame(group, group.subgroup(RuntimeException.class).orElseThrow());
      assertEquals(Optional.empty(), group.subgroup(java.io.IOException.class));
    }
  }

  @Test
  void theFirstMemberIsTheCauseAndTheOthersAreSuppressed() {
    Throwable first = new IllegalStateException();
    Throwable second = new ArithmeticException();
    ExceptionGroup group = new ExceptionGroup("several", List.of(first, second, first));
    assertSame(first, group.getCause());
    assertEquals(List.of(second, first), List.of(group.getSuppressed()));
    assertEquals("several (3 exceptions)", group.getMessage());
  }

  private static ExceptionGroup nested(int depth) {
    Throwable inner = new IllegalStateException("innermost");
    Throwable beside = new ArithmeticException("beside");
    for (int i = 0; i < depth; i++) {
      inner =
          new ExceptionGroup("level " + i, i % 2 == 0 ? List.of(inner) : List.of(inner, beside));
    }
    return (ExceptionGroup) inner;
  }

  @Test
  void deepGroupsAreTakenApart() {
    ExceptionGroup group = nested(DEEP);
    assertEquals(DEEP / 2 + 1, group.leaves().size());
    ExceptionGroup.Split split = group.split(ArithmeticException.class);
    assertEquals(DEEP / 2, split.matching().orElseThrow().leaves().size());
    assertEquals(1, split.rest().orElseThrow().leaves().size());
    assertSame(group, group.subgroup(RuntimeException.class).orElseThrow());
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void whatIsPrintedIsBoundedAndSaysWhatItLeavesOut() {
    for (ExceptionGroup group :
        List.of(
            nested(100_000),
            new ExceptionGroup("wide", Collections.nCopies(100_000, new ArithmeticException())),
            new ExceptionGroup("wide and deep", Collections.nCopies(50, nested(150))))) {
      for (Throwable thrown : List.of(group, new IllegalStateException("around", group))) {
        String text = printed(thrown);
        assertTrue(text.lines().filter(line -> line.contains("Exception")).count() <= 1_000);
        assertTrue(text.contains(", of which the stack trace shows "), text::toString);
      }
    }
    assertEquals(
        "wide (1000 exceptions, of which the stack trace shows 199)",
        new ExceptionGroup("wide", Collections.nCopies(1_000, new ArithmeticException()))
            .getMessage());
  }
}
