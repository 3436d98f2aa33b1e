package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Afermata.dump=<pass>} prints each coroutine as it is after that pass. */
class DumpTest {

  private static final String HELLO =
      """
      package app;
      import static io.fermata.Async.*;
      import io.fermata.Coro;
      import io.fermata.Coroutine;
      import java.util.List;
      class Hello {
        @Coroutine
        static int total(List<Coro<Integer>> prices) {
          int total = 0;
          for (Coro<Integer> price : prices) {
            total += await(price);
          }
          return total;
        }
      }
      """;

  @TempDir Path folder;

  private Javac.Result dump(String pass) {
    return new Javac(folder)
        .withRuntime()
        .source("app/Hello.java", HELLO)
        .options("-Afermata.dump=" + pass)
        .processors(new CoroutineProcessor())
        .compile();
  }

  private String noteOf(String pass) {
    List<String> notes =
        dump(pass).diagnostics().stream()
            .filter(each -> each.getKind() == Kind.NOTE)
            .map(each -> each.getMessage(Locale.ROOT).replaceAll("\\R  ", "\n"))
            .toList();
    assertEquals(1, notes.size(), notes::toString);
    return notes.get(0) + "\n";
  }

  @Test
  void lowering_prints_the_body_as_the_user_wrote_it() {
    assertEquals(
        """
        Hello.total after lowering:
        (List<Coro<Integer>> prices) -> int
        int total = 0;  // 9
        loop: for (Coro<Integer> price : prices) {
          total += await(price);  // 11
        }
        return total;  // 13
        """,
        noteOf("lowering"));
  }

  @Test
  void desugaring_prints_the_body_without_for_each() {
    assertEquals(
        """
        Hello.total after desugaring:
        (List<Coro<Integer>> prices) -> int
        int total = 0;  // 9
        {
          Iterator<? extends Coro<Integer>> t = prices.iterator();  // 10
          loop: loop while (t.hasNext()) {
            Coro<Integer> price = t.next();  // 10
            total += await(price);  // 11
          }
        }
        return total;  // 13
        """,
        noteOf("desugaring"));
  }

  @Test
  void spilling_prints_each_resume_point_as_a_statement() {
    assertEquals(
        """
        Hello.total after spilling:
        (List<Coro<Integer>> prices) -> int
        int total = 0;  // 9
        {
          Iterator<? extends Coro<Integer>> t = prices.iterator();  // 10
          loop: loop while (t.hasNext()) {
            Coro<Integer> price = t.next();  // 10
            int t$2 = total;  // 11
            Integer t$3;
            t$3 = suspend await price;  // 11
            total = t$2 + t$3;  // 11
          }
        }
        return total;  // 13
        """,
        noteOf("spilling"));
  }

  @Test
  void flow_prints_blocks_and_where_they_go() {
    assertEquals(
        """
        Hello.total after flow:
        0:
          total = 0
          t = prices.iterator()
          goto 1
        1:
          if (t.hasNext()) 2 else 4
        2:
          price = t.next()
          t$2 = total
          undefine t$3
          await price -> 3
        3:
          t$3 = receive
          total = t$2 + t$3;
          goto 1
        4:
          return total
        """,
        noteOf("flow"));
  }

  @Test
  void machine_prints_slots_and_states() {
    assertEquals(
        """
        Hello.total after machine:
        slots: List<Coro<Integer>> prices, Iterator<? extends Coro<Integer>> t$1, int t$2
        local: int total
        local: Iterator<? extends Coro<Integer>> t$1 = this.t$1
        local: int t$2 = this.t$2
        START:
          total = 0
          t$1 = this.prices.iterator()
        3:
          if (!t$1.hasNext())
            return ended(total)
          Coro<Integer> price = t$1.next()
          t$2 = total
          suspend await price, state 2, store t$1, t$2, clear prices
        2:
          t$3 = receive
          total = t$2 + t$3;
          goto 3
        """,
        noteOf("machine"));
  }

  @Test
  void a_pass_that_does_not_exist_is_an_error_that_names_those_that_do() {
    Javac.Result result = dump("spill");
    assertFalse(result.ok());
    assertEquals(
        List.of("[fermata] -Afermata.dump=spill names no pass."), result.messages(Kind.ERROR));
    assertEquals(
        "Give one of lowering, desugaring, spilling, flow, machine.",
        result.diagnostics().get(0).getMessage(Locale.ROOT).lines().toList().get(1).strip());
  }
}
