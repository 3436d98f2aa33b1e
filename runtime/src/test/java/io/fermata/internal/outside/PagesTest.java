package io.fermata.internal.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the tools print of what a bean tells. */
class PagesTest {

  private static LoopView loop(String tasks, int leftOut) {
    return LoopView.of(fields(tasks, leftOut));
  }

  private static Fields fields(String tasks, int leftOut) {
    return Fields.read(
        "{'loop':1,'name':'SelectorLoop[running]','thread':'main','heldUp':null,'tasks':[%s],'leftOut':%d,'cycles':%s}"
            .formatted(tasks, leftOut, leftOut == 7 ? "[[4,5]]" : "[]")
            .replace('\'', '"'));
  }

  private static String task(int number, String name, String waitsFor, String stack, String by) {
    return "{'task':%d,'name':'%s','state':'suspended','waitsFor':%s,'stack':[%s],'awaitedBy':[%s]}"
        .formatted(number, name, waitsFor, stack, by);
  }

  private static final String FAMILY =
      String.join(
          ",",
          task(1, "main", "null", "'app.A.main(A.java:9)'", ""),
          task(2, "a", "'data'", "'app.A.b(A.java:3)','app.A.a(A.java:2)'", "1"),
          task(3, "shared", "null", "", "1,2"),
          task(4, "left", "null", "'app.A.l(A.java:5)'", "5"),
          task(5, "right", "null", "'app.A.r(A.java:6)'", "4"));

  @Test
  void pstree_hasEachTaskBelowThoseThatAwaitItAndMarksCycles() {
    assertEquals(
        """
        loop 1: SelectorLoop[running] in thread main
          main (1, suspended)
              at app.A.main(A.java:9)
            a (2, suspended) waits for data
                at app.A.b(A.java:3)
                at app.A.a(A.java:2)
              shared (3, suspended)
            shared (see above)
          left (4, suspended) [cycle]
              at app.A.l(A.java:5)
            right (5, suspended) [cycle]
                at app.A.r(A.java:6)
              left (see above) [cycle]
          ... and 7 more tasks
          tasks that wait for each other: left -> right -> left
        """,
        text(TaskForest.of(loop(FAMILY, 7))));
  }

  @Test
  void ps_hasALineForEachTask() {
    assertEquals(
        """
        LOOP  THREAD  TASK  NAME    STATE      WAITS FOR        AWAITED BY  STACK
        1     main    1     main    suspended  tasks a, shared              app.A.main(A.java:9)
        1     main    2     a       suspended  data             main        app.A.b(A.java:3) < app.A.a(A.java:2)
        1     main    3     shared  suspended                   main, a
        1     main    4     left    suspended  task right       right       app.A.l(A.java:5)
        1     main    5     right   suspended  task left        left        app.A.r(A.java:6)
        loop 1: SelectorLoop[running] in thread main has 7 more tasks
        loop 1: SelectorLoop[running] in thread main has tasks that wait for each other: left -> right -> left
        """,
        text(TaskTable.of(List.of(loop(FAMILY, 7)))));
  }

  @Test
  void ps_cutsWhatWouldFillTheScreen() {
    String stack =
        IntStream.range(0, 10).mapToObj(i -> "'f" + i + "'").collect(Collectors.joining(","));
    String awaiters =
        IntStream.range(2, 8)
            .mapToObj(i -> task(i, "w" + i, "null", "", ""))
            .collect(Collectors.joining(","));
    String first = task(1, "a", "null", stack, "2,3,4,5,6,7");
    List<String> lines = TaskTable.of(List.of(loop(first + "," + awaiters, 0)));
    assertEquals(
        "1     main    1     a     suspended             w2, w3, w4, w5, 2 more"
            + "  f0 < f1 < f2 < f3 < f4 < f5 < f6 < f7 < 2 more",
        lines.get(1));
  }

  @Test
  void whatUsersHaveNamedMovesNoCursor() {
    LoopView loop = loop(task(1, "a\\u001b[2J\\u000ab", "'\\u009b1m'", "", ""), 0);
    assertEquals("  a?[2J?b (1, suspended) waits for ?1m", TaskForest.of(loop).get(1));
  }

  @Test
  void aTaskThatIsAwaitedByOneLeftOutIsPrinted() {
    assertEquals(
        "  a (1, suspended)", TaskForest.of(loop(task(1, "a", "null", "", "99"), 1)).get(1));
  }

  @Test
  void aDeepTreeIsPrintedToItsEnd() {
    String tasks =
        IntStream.rangeClosed(1, 20_000)
            .mapToObj(i -> task(i, "t" + i, "null", "", i == 1 ? "" : "" + (i - 1)))
            .collect(Collectors.joining(","));
    List<String> lines = TaskForest.of(loop(tasks, 0));
    assertEquals(20_001, lines.size());
    assertEquals("    t2 (2, suspended)", lines.get(2));
    assertEquals("  ".repeat(40) + "t20000 (20000, suspended)", lines.get(20_000));
  }

  @Test
  void top_hasTheLargestSharesFirst() {
    String lines =
        IntStream.range(0, 12)
            .mapToObj(i -> "{'line':'app.A.f(A.java:%d)','share':0.05}".formatted(i))
            .collect(Collectors.joining(","));
    Fields loop =
        Fields.read(
            "{'loop':2,'name':'L','thread':'t','looks':200,'busy':0.725,'loader':'x.Loader@1f',"
                .concat("'tasks':[{'task':3,'name':'sum','share':0.6}],'lines':[" + lines + "]}")
                .replace('\'', '"'));
    List<String> page = TopPage.of(12, List.of(loop));
    assertEquals("loop 2 of x.Loader@1f: L in thread t, 72.5 % busy", page.get(2));
    assertEquals(
        List.of("   TIME  TASK", " 60.0 %  sum (3)", "   TIME  LINE", "  5.0 %  app.A.f(A.java:0)"),
        page.subList(3, 7));
    assertEquals("         and 2 more", page.get(16));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
