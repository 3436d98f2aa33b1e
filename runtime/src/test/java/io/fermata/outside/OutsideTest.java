package io.fermata.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.JavaProcess;
import io.fermata.internal.Json;
import io.fermata.internal.outside.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tools, run as users do, on JVMs that were started without an option. */
class OutsideTest {
  private static final JavaProcess NO_OPTIONS = new JavaProcess();
  private static final JavaProcess TOOL = new JavaProcess("-Dfermata.outside.limit=6");

  /** What a tool has printed about a JVM, and what that JVM itself. */
  private record Seen(JavaProcess.Ended tool, JavaProcess.Ended program) {}

  /** Runs a program, and a tool on it as soon as it is ready. */
  private static Seen look(JavaProcess jvm, String program, String... command)
      throws IOException, InterruptedException {
    List<JavaProcess.Ended> tool = new ArrayList<>();
    JavaProcess.Ended ended =
        jvm.run(
            LookedAt.class,
            (process, line) -> {
              if (line.equals("ready")) {
                tool.add(runTool(process.pid(), command));
                close(process);
              }
            },
            program);
    assertEquals(1, tool.size(), () -> "" + ended);
    return new Seen(tool.get(0), ended);
  }

  private static void close(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** With "PID" for the number of the process that is looked at. */
  private static JavaProcess.Ended runTool(long pid, String... command) {
    try {
      String[] arguments =
          Arrays.stream(command)
              .map(word -> word.equals("PID") ? Long.toString(pid) : word)
              .toArray(String[]::new);
      JavaProcess.Ended ended = TOOL.run(Main.class, (process, line) -> {}, arguments);
      return new JavaProcess.Ended(
          ended.exitCode(),
          ended.output().stream()
              .map(line -> line.replaceAll("\\b" + pid + "\\b", "PID"))
              .toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JavaProcess.Ended printed(int exitCode, String... lines) {
    return new JavaProcess.Ended(exitCode, List.of(lines));
  }

  private static String withoutLines(JavaProcess.Ended ended) {
    assertEquals(0, ended.exitCode(), ended::toString);
    return String.join("\n", ended.output()).replaceAll("\\.java:\\d+\\)", ".java)") + "\n";
  }

  @Test
  void pstree_showsATreeOfALoopThatHasJustBegun() throws Exception {
    Seen seen = look(NO_OPTIONS, "tasks", "pstree", "PID");
    assertEquals(
        """
        loop 1: SelectorLoop[running] in thread main
          Task-1 (1, suspended)
              at io.fermata.outside.LookedAt.main(LookedAt.java)
          parent (2, suspended)
              at io.fermata.outside.LookedAt.parent(LookedAt.java)
            letter (3, suspended) waits for a letter
                at io.fermata.outside.LookedAt.letter(LookedAt.java)
            doze (4, suspended) waits for Async.sleep
                at io.fermata.Async.sleep(Async.java)
                at io.fermata.outside.LookedAt.doze(LookedAt.java)
          left (5, suspended) [cycle]
              at io.fermata.outside.LookedAt.left(LookedAt.java)
            right (6, suspended) [cycle]
                at io.fermata.outside.LookedAt.right(LookedAt.java)
              left (see above) [cycle]
          tasks that wait for each other: left -> right -> left
        loop 2: SelectorLoop[running] in thread second
          Task-1 (1, suspended) waits for Async.sleep
              at io.fermata.Async.sleep(Async.java)
              at io.fermata.outside.LookedAt$Second.second(LookedAt.java)
        """,
        withoutLines(seen.tool));
    assertEquals(
        printed(0, "ready", "while it runs: [io.fermata:type=Tasks]", "at its end: []"),
        seen.program,
        "neither the JVM nor the tool leaves anything in the program");
  }

  @Test
  void ps_showsATableAndJson() throws Exception {
    Seen seen = look(NO_OPTIONS, "tasks", "ps", "PID");
    String[] rows = withoutLines(seen.tool).split("\n", -1);
    assertEquals(
        "LOOP  THREAD  TASK  NAME    STATE      WAITS FOR           AWAITED BY  STACK", rows[0]);
    assertEquals(
        "1     main    3     letter  suspended  a letter            parent     "
            + " io.fermata.outside.LookedAt.letter(LookedAt.java)",
        rows[3]);
    assertEquals(
        "1     main    2     parent  suspended  tasks letter, doze             "
            + " io.fermata.outside.LookedAt.parent(LookedAt.java)",
        rows[2]);
    assertEquals(
        "loop 1: SelectorLoop[running] in thread main has tasks that wait for each other: left ->"
            + " right -> left",
        rows[rows.length - 2]);

    Map<?, ?> json = json(look(NO_OPTIONS, "tasks", "ps", "--json", "PID").tool, 0);
    List<?> loops = (List<?>) json.get("loops");
    assertEquals(2, loops.size());
    assertEquals(List.of(List.of(5L, 6L)), ((Map<?, ?>) loops.get(0)).get("cycles"));
    assertEquals(6, ((List<?>) ((Map<?, ?>) loops.get(0)).get("tasks")).size());
  }

  private static Map<?, ?> json(JavaProcess.Ended ended, int line) {
    assertEquals(0, ended.exitCode(), ended::toString);
    return (Map<?, ?>) Json.read(ended.output().get(line).replaceFirst("\"pid\":PID", "\"pid\":0"));
  }

  @Test
  void withoutAPid_theJvmsWithLoopsAreListed() throws Exception {
    Seen seen = look(NO_OPTIONS, "tasks", "ps");
    assertTrue(
        seen.tool.output().stream()
            .anyMatch(line -> line.matches("PID +2 +io\\.fermata\\.outside\\.LookedAt")),
        seen.tool::toString);
    assertEquals("PID", seen.tool.output().get(0).substring(0, 3));
    Map<?, ?> json = json(look(NO_OPTIONS, "tasks", "top", "--json").tool, 0);
    assertTrue(json.get("jvms").toString().contains("io.fermata.outside.LookedAt"), json::toString);
  }

  @Test
  void aLoopWhoseThreadIsHeldUpIsToldByItsStack() throws Exception {
    String tree = withoutLines(look(NO_OPTIONS, "held up", "pstree", "PID").tool);
    assertTrue(
        tree.startsWith(
            "loop 1: SelectorLoop[running] in thread main\n  its thread is held up:\n    at "),
        tree);
    assertTrue(tree.contains("    at io.fermata.outside.LookedAt.holdUp(LookedAt.java)\n"), tree);
    Seen top = look(NO_OPTIONS, "held up", "top", "PID", "--count", "1", "--interval", "0.3");
    String page = withoutLines(top.tool);
    assertTrue(page.contains("loop 1: SelectorLoop[running] in thread main, 100.0 % busy"), page);
    assertTrue(
        page.contains("100.0 %  io.fermata.outside.LookedAt.untilTheEnd(LookedAt.java)"), page);
  }

  @Test
  void top_endsWithTheJvm() throws Exception {
    List<JavaProcess.Ended> tool = new ArrayList<>();
    NO_OPTIONS.run(
        LookedAt.class,
        (process, line) -> {
          Thread watching =
              new Thread(
                  () ->
                      tool.add(
                          runTool(process.pid(), "top", "PID", "--json", "--interval", "0.2")));
          watching.start();
          // Ends itself once it is watched.
          try {
            watching.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        "end when watched");
    List<String> output = tool.get(0).output();
    assertEquals(0, tool.get(0).exitCode(), output::toString);
    assertTrue(output.contains("fermata: JVM PID has ended."), output::toString);
  }

  @Test
  void whereNoLoopRunsThatIsSaid() throws Exception {
    assertEquals(
        printed(0, "no loop runs in JVM PID"), look(NO_OPTIONS, "ended", "ps", "PID").tool);
    assertEquals(
        printed(0, "{\"format\":1,\"pid\":PID,\"loops\":[]}"),
        look(NO_OPTIONS, "ended", "pstree", "--json", "PID").tool);
    List<String> page =
        look(NO_OPTIONS, "ended", "top", "PID", "--count", "2", "--interval", "0.1").tool.output();
    assertEquals(2, page.stream().filter("no loop runs"::equals).count(), page::toString);
  }

  @Test
  void whereNoLoopHasRunThatIsSaid() throws Exception {
    assertEquals(
        printed(
            1,
            "fermata: in JVM PID no loop of Fermata has run, or of a version that is older than"
                + " this tool."),
        look(NO_OPTIONS, "none", "ps", "PID").tool);
    List<String> listed = look(NO_OPTIONS, "none", "ps").tool.output();
    assertTrue(listed.stream().noneMatch(line -> line.contains("LookedAt")), listed::toString);
  }

  @Test
  void aBeanOfAnotherVersionIsSaidToBeOne() throws Exception {
    assertEquals(
        printed(
            1,
            "fermata: JVM PID has a Fermata that is older than this tool, and can't be asked for"
                + " this: its bean io.fermata:type=Tasks,loader=\"old\" has no operation"
                + " describeTasks. Call printTaskTree in a JMX console."),
        look(NO_OPTIONS, "older", "ps", "PID").tool);
    for (String answer : List.of("newer", "no json", "strange")) {
      assertEquals(
          printed(
              1,
              "fermata: JVM PID has a Fermata of another version, whose answer can't be read: use"
                  + " the tool of that version."),
          look(NO_OPTIONS, answer, "pstree", "PID").tool,
          answer);
    }
  }

  @Test
  void loopsInClassLoadersOfTheirOwnAreSeenOnceTheyHaveRunForAWhile() throws Exception {
    Seen early = look(NO_OPTIONS, "young loader", "ps", "PID");
    assertEquals(
        printed(
            1,
            "fermata: the loops of JVM PID can't be seen yet: their Fermata is in a class loader of"
                + " its own, or in a module that does not read java.management. Ask again once one"
                + " has run for two seconds and come to rest; start it with --add-modules"
                + " java.management if that does not help."),
        early.tool);
    Seen seen = look(NO_OPTIONS, "loaders", "pstree", "PID");
    List<String> loops =
        seen.tool.output().stream().filter(line -> line.startsWith("loop ")).sorted().toList();
    assertTrue(
        loops.stream().anyMatch(line -> line.matches("loop 1 of .*Loader@.*")), loops::toString);
    assertEquals(
        List.of(
            "loop 1: SelectorLoop[running] in thread second",
            "loop 1: SelectorLoop[running] in thread second",
            "loop 2: SelectorLoop[running] in thread main"),
        loops.stream().map(line -> line.replaceAll(" of [^:]+", "")).toList(),
        seen.tool::toString);
  }

  @Test
  void aJvmThatCantBeAttachedToIsSaidToBeOne() throws Exception {
    JavaProcess closed = new JavaProcess("-XX:+DisableAttachMechanism");
    JavaProcess.Ended refused = look(closed, "tasks", "ps", "PID").tool;
    assertEquals(1, refused.exitCode());
    assertEquals(
        "fermata: JVM PID can't be attached to: The VM does not support the attach mechanism. Is it"
            + " started without -XX:+DisableAttachMechanism, and does it share the user and the"
            + " folder for temporary files with this tool?",
        refused.output().get(0));
  }

  @Test
  void aJvmThatIsNotListedIsFound() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")), "the system does not tell libraries");
    JavaProcess.Ended ended = look(new JavaProcess("-XX:-UsePerfData"), "tasks", "ps", "PID").tool;
    assertEquals(0, ended.exitCode(), ended::toString);
  }

  @Test
  void aJvmThatIsStoppedIsSaidNotToAnswer() throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/kill")), "processes are stopped in another way here");
    List<JavaProcess.Ended> tool = new ArrayList<>();
    NO_OPTIONS.run(
        LookedAt.class,
        (process, line) -> {
          if (line.equals("ready")) {
            tool.add(runTool(process.pid(), "ps", "PID")); // now it listens to who attaches
            signal("-STOP", process);
            tool.add(runTool(process.pid(), "ps", "PID"));
            signal("-CONT", process);
            close(process);
          }
        },
        "tasks");
    assertEquals(0, tool.get(0).exitCode());
    assertEquals(
        printed(1, "fermata: JVM PID does not answer: it is stopped, or has no time to."),
        tool.get(1));
  }

  private static void signal(String signal, Process process) {
    try {
      new ProcessBuilder("/bin/kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsNoJvmIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "300").start();
    try {
      assertEquals(
          printed(1, "fermata: process PID is no JVM."), runTool(other.pid(), "ps", "PID"));
      assertTrue(other.isAlive(), "to attach sends a signal that ends other programs");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertEquals(
        printed(1, "fermata: there is no process PID."), runTool(other.pid(), "top", "PID"));
  }

  @Test
  void aJavaWithoutTheModulesSaysWhatItLacks() throws Exception {
    assertEquals(
        printed(
            1,
            "fermata: this Java runs without the module java.management: run the tool by -jar, on a"
                + " JDK, or add --add-modules java.management,java.management.rmi,jdk.attach."),
        new JavaProcess("--limit-modules", "java.base")
            .run(Main.class, (process, line) -> {}, "ps", "1"));
    assertEquals(
        printed(
            1,
            "fermata: this Java runs without the module jdk.attach: run the tool by -jar, on a JDK,"
                + " or add --add-modules java.management,java.management.rmi,jdk.attach."),
        new JavaProcess("--limit-modules", "java.management.rmi")
            .run(Main.class, (process, line) -> {}, "ps", "1"));
  }

  @Test
  void aWrongCommandLineIsSaidToBeOneAndHelpToHelp() throws Exception {
    assertEquals(
        printed(2, "fermata: no command: say ps, pstree or top.", "Say --help for what there is."),
        NO_OPTIONS.run(Main.class, (process, line) -> {}));
    JavaProcess.Ended help = NO_OPTIONS.run(Main.class, (process, line) -> {}, "--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.output().get(0).startsWith("Looks at the tasks of a JVM"), help::toString);
  }

  @Test
  void theToolLoadsNoClassOfLoops() throws Exception {
    JavaProcess verbose = new JavaProcess("-Xlog:class+load");
    List<String> loaded =
        verbose.run(Main.class, (process, line) -> {}, "ps").output().stream()
            .filter(line -> line.matches(".* io\\.fermata\\..* source: .*")) // no JVM in the list
            .map(line -> line.replaceAll(".* (io\\.fermata\\.\\S+) .*", "$1"))
            .filter(name -> !name.startsWith("io.fermata.internal.outside."))
            .toList();
    assertTrue(
        loaded.stream().allMatch(name -> name.startsWith("io.fermata.internal.Json")),
        loaded::toString);
  }
}
