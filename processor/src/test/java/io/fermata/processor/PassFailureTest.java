package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.lowering.CopiedBody;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong in a pass is an error at the user's place, and never thrown at javac. */
class PassFailureTest {

  private static final String SOURCE =
      """
      package app;
      import static io.fermata.Async.*;
      import io.fermata.*;
      class Sample {
        @Coroutine static void all(Emitter<Integer> out) {
          out.emit(await(sleep(java.time.Duration.ZERO, 1)));
          out.emitAll((AsyncIterable<Integer>) null);
          await(async(() -> Async.<Integer>await(
              sleep(java.time.Duration.ZERO, 2))));
        }
        @Coroutine static void some(Yielder<Integer> out) {
          out.yield(1);
          out.yieldAll(java.util.List.of(1));
        }
      }
      """;

  @TempDir Path folder;

  /** Passes that fail while they read a body. */
  private record FailingInLower(Supplier<Error> failure) implements Passes<String> {
    @Override
    public String lower(AttributedBody body, List<Fault> faults) {
      throw failure.get();
    }

    @Override
    public String emit(OwnerClass owner, List<String> bodies) {
      throw new IllegalStateException("after a fault");
    }
  }

  /** Passes that fail while they write the twin. */
  private record FailingInEmit(Supplier<Error> failure) implements Passes<String> {
    @Override
    public String lower(AttributedBody body, List<Fault> faults) {
      return body.method().name();
    }

    @Override
    public String emit(OwnerClass owner, List<String> bodies) {
      throw failure.get();
    }
  }

  /** Passes by which each body would go through as it is. */
  private static final class Copying implements Passes<String> {
    @Override
    public String lower(AttributedBody body, List<Fault> faults) {
      faults.addAll(CopiedBody.faults(body));
      return body.method().name();
    }

    @Override
    public String emit(OwnerClass owner, List<String> bodies) {
      throw new AssertionError("after a fault");
    }
  }

  @Test
  void an_error_in_a_body_is_told_at_each_body() {
    assertEquals(
        List.of(
            internalError(5, "Sample.all", "attribution"),
            internalError(11, "Sample.some", "attribution")),
        errors(new FailingInLower(() -> new AssertionError("lost"))));
  }

  @Test
  void an_error_in_the_making_of_the_twin_is_told_at_the_class() {
    assertEquals(
        List.of(internalError(4, "app.Sample", "driver")),
        errors(new FailingInEmit(() -> new AssertionError("lost"))));
  }

  @Test
  void where_the_stack_of_the_passes_ends_the_deepest_statement_is_told() {
    assertEquals(
        List.of(tooDeep(8), tooDeep(13)), errors(new FailingInLower(StackOverflowError::new)));
    assertEquals(List.of(tooDeep(8)), errors(new FailingInEmit(StackOverflowError::new)));
  }

  @Test
  void no_call_of_a_resume_point_is_copied_unnoticed() {
    assertEquals(
        List.of(
            left(6, "Sample.all", "out.emit"),
            left(6, "Sample.all", "await"),
            left(7, "Sample.all", "out.emitAll"),
            left(8, "Sample.all", "await"),
            left(8, "Sample.all", "async"),
            left(8, "Sample.all", "Async.<Integer>await"),
            left(12, "Sample.some", "out.yield"),
            left(13, "Sample.some", "out.yieldAll")),
        errors(new Copying()));
  }

  private static String internalError(int line, String name, String pass) {
    return ("Sample.java:%d [fermata:internal-error] Fermata fails to compile '%s', in its %s:"
            + " java.lang.AssertionError: lost")
        .formatted(line, name, pass);
  }

  private static String left(int line, String name, String call) {
    return ("Sample.java:%d [fermata:internal-error] Fermata fails to compile '%s', in its"
            + " lowering: '%s' would be left in the generated class.")
        .formatted(line, name, call);
  }

  private static String tooDeep(int line) {
    return "Sample.java:%d [fermata:too-large] This code is nested deeper than javac's stack is."
        .formatted(line);
  }

  private List<String> errors(Passes<?> passes) {
    return new Javac(folder)
        .withRuntime()
        .source("app/Sample.java", SOURCE)
        .processors(new CoroutineProcessor(dump -> passes))
        .compile()
        .messages(Kind.ERROR);
  }
}
