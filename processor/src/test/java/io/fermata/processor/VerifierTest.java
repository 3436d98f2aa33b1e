package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.flow.FlowBuilder;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.Span;
import io.fermata.processor.machine.StateMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After each pass of each coroutine of the language suite and the goldens, all is as promised. */
class VerifierTest {

  private static final Path CONFORMANCE = Path.of("..", "conformance", "src", "test");

  @TempDir Path folder;

  /** Verifies what it hears of. */
  private static final class Verifying implements PassListener {
    final List<String> faults = new ArrayList<>();
    int verified;

    @Override
    public void after(Pass pass, CoroutineMethod method, Object result) {
      verified++;
      if (result instanceof IrBody body) {
        faults.addAll(IrVerifier.faults(pass, body));
      } else if (result instanceof FlowGraph graph) {
        faults.addAll(MachineVerifier.faults(graph));
      } else {
        faults.addAll(MachineVerifier.faults((StateMachine) result));
      }
    }
  }

  @Test
  void the_goldens_are_as_promised_after_each_pass() throws IOException {
    Javac javac = new Javac(folder).withRuntime();
    for (Path golden : Javac.filesIn(Path.of("src", "test", "resources", "goldens"), ".java")) {
      if (!golden.toString().endsWith("Async.java")) {
        javac.source("goldens/" + golden.getFileName(), Files.readString(golden));
      }
    }
    assertTrue(verify(javac) >= 10 * Pass.values().length);
  }

  @Test
  void the_language_suite_is_as_promised_after_each_pass() throws IOException {
    Javac javac = new Javac(folder).withRuntime();
    for (Path file : Javac.filesIn(CONFORMANCE.resolve("resources/cases"), ".java")) {
      javac.source("cases/" + file.getFileName(), Files.readString(file));
    }
    for (String part : List.of("env", "script")) {
      for (Path file :
          Javac.filesIn(CONFORMANCE.resolve("java/io/fermata/conformance/" + part), ".java")) {
        if (!file.endsWith("package-info.java")) {
          javac.source(
              "io/fermata/conformance/" + part + "/" + file.getFileName(), withoutNullness(file));
        }
      }
    }
    assertTrue(verify(javac) >= 300 * Pass.values().length);
  }

  private static String withoutNullness(Path file) throws IOException {
    return Files.readString(file)
        .replace("import org.jspecify.annotations.Nullable;", "")
        .replace("@Nullable ", "");
  }

  private static int verify(Javac javac) {
    Verifying verifying = new Verifying();
    Javac.Result result =
        javac.processors(new CoroutineProcessor(dump -> new BodyPasses(verifying))).compile();
    assertTrue(result.ok(), () -> String.join("\n", result.messages()));
    assertEquals("", String.join("\n", verifying.faults));
    return verifying.verified;
  }

  // The verifier itself

  private static final IrLocal N = new IrLocal("n", CommonTypes.INT, IrLocal.Origin.DECLARED);

  private static IrBody body(IrStmt... statements) {
    return new IrBody(List.of(), CommonTypes.VOID, List.of(statements), Set.of());
  }

  @Test
  void a_variable_that_is_not_declared_is_found() {
    IrBody wrong = body(new IrStmt.Evaluate(IrExpr.Plain.read(N), Span.NONE));
    assertEquals(1, IrVerifier.faults(Pass.SPILLING, wrong).size());
  }

  @Test
  void a_jump_to_nowhere_is_found() {
    IrBody wrong = body(new IrStmt.Break(new IrLabel("loop"), Span.NONE));
    assertEquals(1, IrVerifier.faults(Pass.SPILLING, wrong).size());
  }

  @Test
  void a_resume_point_inside_an_expression_is_found_after_spilling() {
    IrExpr await =
        new IrExpr.Await(
            new IrExpr.Plain(Code.of("f()"), CommonTypes.OBJECT, IrExpr.Stability.ANY),
            CommonTypes.INT,
            Span.NONE);
    IrBody wrong = body(new IrStmt.Declare(N, Optional.of(await), Span.NONE));
    assertEquals(List.of(), IrVerifier.faults(Pass.DESUGARING, wrong));
    assertEquals(1, IrVerifier.faults(Pass.SPILLING, wrong).size());
  }

  @Test
  void a_block_that_nothing_leads_to_is_found() {
    FlowGraph graph = FlowBuilder.build(body());
    FlowGraph wrong =
        new FlowGraph(
            graph.body(),
            List.of(
                graph.block(0),
                new io.fermata.processor.flow.Block(1, -1, List.of(), graph.block(0).end())),
            List.of());
    assertEquals(List.of(), MachineVerifier.faults(graph));
    assertEquals(1, MachineVerifier.faults(wrong).size());
  }
}
