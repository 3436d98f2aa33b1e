package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.diagnostics.Fault;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A body of twice the size takes twice the work, measured by what the passes allocate: that is the
 * same on any machine.
 */
class PassGrowthTest {

  /** Twice is linear, four times is quadratic. */
  private static final double MOST = 2.8;

  @TempDir Path folder;

  /** The passes, and what they have allocated. */
  private static final class Measured implements Passes<BodyPasses.LoweredMethod> {
    private final BodyPasses passes = new BodyPasses((pass, method, result) -> {});
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long bytes;

    @Override
    public BodyPasses.LoweredMethod lower(AttributedBody body, List<Fault> faults) {
      long before = threads.getCurrentThreadAllocatedBytes();
      BodyPasses.LoweredMethod lowered = passes.lower(body, faults);
      bytes += threads.getCurrentThreadAllocatedBytes() - before;
      return lowered;
    }

    @Override
    public String emit(OwnerClass owner, List<BodyPasses.LoweredMethod> bodies) {
      long before = threads.getCurrentThreadAllocatedBytes();
      String twin = passes.emit(owner, bodies);
      bytes += threads.getCurrentThreadAllocatedBytes() - before;
      return twin;
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          await in a row          | %s |  sum += await(done(#));
          plain code in between   | %s |  sum += await(done(#)); sum = sum * 31 + n; if (sum % 7 == 3) { sum++; }
          a case each             | switch (n) { %s default: sum = -1; } |  case #: sum += await(done(#)); break;
          an arrow each           | sum = switch (n) { %s default -> -1; }; |  case # -> await(done(#));
          locals of a case        | switch (n) { %s default -> sum = -1; } |  case # -> { int x = await(done(#)); int y = await(done(x)); sum += x + y; }
          try in a case           | switch (n) { %s default -> sum = -1; } |  case # -> { try { sum += await(done(#)); } catch (IllegalStateException e) { sum = 0; } }
          if                      | %s |  if (n == #) { sum += await(done(#)); }
          else if                 | %s { sum = 1; } |  if (n == #) { sum += await(done(#)); } else
          loop                    | %s |  for (int i = 0; i < 2; i++) { sum += await(done(i)); }
          catch                   | %s |  try { sum += await(done(#)); } catch (IllegalStateException e) { sum -= 1; }
          returns in one try      | try { %s } finally { sum += await(done(2)); } |  sum += await(done(#)); if (n == -#) { return 5; }
          captured                | %s |  { int c = await(done(#)); Runnable r = () -> System.out.println(c); r.run(); }
          for each                | %s |  for (int x : new int[] {1, 2}) { sum += await(done(x)); }
          finally                 | %s |  try { sum += await(done(#)); if (n == -#) { return 1; } } finally { await(done(0)); }
          catch and finally       | %s |  try { sum += await(done(#)); } catch (IllegalStateException e) { sum = 1; } finally { await(done(0)); }
          finally in a loop       | %s |  while (n == #) { try { if (n == -#) { continue; } sum += await(done(#)); } finally { await(done(0)); } }
          scope                   | %s |  try (var lock = new io.fermata.sync.AsyncLock()) { sum += await(done(#)); }
          locals in a row         | %s |  String s# = "a" + await(done(#)); await(done(1)); sum += s#.length();
          locals past an await    | %s |  String s# = "a" + n; if (n == #) { await(done(1)); } sum += s#.length();
          locals of rounds        | while (n < 5) { switch (n) { %s default -> { return sum; } } } |  case # -> { String s# = "a" + await(done(#)); await(done(1)); sum += s#.length(); }
          lambda                  | %s |  { int w = n + #; sum += await(async(() -> await(done(w)))); }
          operand of a sum        | sum = %s 0; |  await(done(#)) +
          operand of a string     | sum = ("" + %s 0).length(); |  await(done(#)) +
          plain operand of a sum  | sum = await(done(1)) %s; |  + n
          operand of an operand   | sum = %s; |  n + await(done(1)) * ( ~ 0 ~ )
          argument of an argument | String s = %s; sum = s.length(); |  text(n, await(done(1)), ~ "" ~ )
          chained calls           | sum = new StringBuilder() %s .length(); |  .append(n).append(await(done(#)))
          argument                | sum = List.of(%s 0).size(); |  n, await(done(#)),
          """)
  void aBodyOfTwiceTheSize_takesTwiceTheWork(String name, String around, String each) {
    work(around, each, 50);
    double small = work(around, each, 150);
    double large = work(around, each, 300);
    assertTrue(large / small < MOST, () -> name + " takes " + large / small + " times the work");
  }

  private double work(String around, String each, int count) {
    Measured passes = new Measured();
    Javac.Result result =
        new Javac(folder)
            .withRuntime()
            .options("-proc:only")
            .source("app/Large.java", source(around.strip().replace("%s", repeated(each, count))))
            .processors(new CoroutineProcessor(listener -> passes))
            .compile();
    assertTrue(result.ok(), () -> String.join("\n", result.messages()));
    return passes.bytes;
  }

  /** One behind the other; where two {@code ~} stand, one in the other. */
  private static String repeated(String each, int count) {
    String[] nested = each.strip().split("~", -1);
    return nested.length == 3
        ? nested[0].repeat(count) + nested[1] + nested[2].repeat(count)
        : IntStream.range(0, count)
            .mapToObj(i -> each.strip().replace("#", String.valueOf(i)))
            .collect(joining("\n"));
  }

  private static String source(String body) {
    return """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.*;
        import java.util.List;
        class Large {
          static Coro<Integer> done(int value) { return sleep(java.time.Duration.ZERO, value); }
          static String text(int one, int other, String text) { return text; }
          @Coroutine static long body(int n) {
            long sum = 0;
            %s
            return sum;
          }
        }
        """
        .formatted(body);
  }
}
