package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.flight.FlightRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of Flight Recorder shows of the loops. */
@Timeout(120)
class FlightRecordingTest {
  @TempDir Path folder;

  private interface Program {
    void run() throws Exception;
  }

  /** Gives the events of a kind while a program ran, with all kinds of ours on. */
  private List<RecordedEvent> record(String kind, Program program) throws Exception {
    Path file = folder.resolve("test.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("fermata.TaskStart");
      recording.enable("fermata.TaskEnd");
      recording.enable("fermata.SlowStep").withThreshold(Duration.ofMillis(20));
      recording.start();
      program.run();
      recording.stop();
      recording.dump(file);
    }
    return events(file, kind);
  }

  private static List<RecordedEvent> events(Path file, String kind) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("fermata." + kind))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime)) // threads have buffers each
        .toList();
  }

  /** Computes, as code does that holds the loop. */
  static void compute(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  static Coro<Void> busy(int millis) {
    return coroVoid(
        "busy",
        () -> {
          await(sleep(Duration.ofMillis(1)));
          compute(millis);
          await(sleep(Duration.ofMillis(1)));
        });
  }

  @Test
  void aStepThatHoldsTheLoopIsAnEventWithTheUsersLines() throws Exception {
    List<RecordedEvent> slow =
        record(
            "SlowStep",
            () ->
                Async.run(
                    coroVoid(
                        () -> {
                          await(createTask(busy(40), "busy one"));
                          await(createTask(busy(0), "quick one"));
                        })));
    RecordedEvent event =
        slow.stream()
            .filter(each -> "busy one".equals(each.getString("task")))
            .findFirst()
            .orElseThrow();
    assertTrue(event.getDuration().toMillis() >= 40, event::toString);
    String place = "io.fermata.FlightRecordingTest.busy(FlightRecordingTest.java:";
    assertTrue(event.getString("from").startsWith(place), event::toString);
    assertTrue(event.getString("to").startsWith(place), event::toString);
    assertTrue(event.getString("from").compareTo(event.getString("to")) < 0, event::toString);
    assertEquals(
        Thread.currentThread().getName(), event.getThread().getJavaName(), event::toString);
  }

  @Test
  void aCallbackThatHoldsTheLoopIsAnEvent() throws Exception {
    List<RecordedEvent> slow =
        record(
            "SlowStep",
            () -> {
              EventLoop loop = new SelectorLoop();
              loop.callSoon(() -> compute(40));
              loop.callLater(Duration.ofMillis(5), () -> compute(40));
              loop.callLater(Duration.ofMillis(10), loop::stop);
              loop.runForever();
              loop.close();
            });
    List<String> from =
        slow.stream()
            .filter(each -> each.getDuration().toMillis() >= 40)
            .map(each -> each.getString("from"))
            .toList();
    assertEquals(List.of("a callback", "a timer"), from);
    assertNull(slow.get(0).getString("task"));
  }

  @Test
  void tasksStartAndEndAsEventsWhereTheyAreSwitchedOn() throws Exception {
    Program program =
        () ->
            Async.run(
                coroVoid(
                    () -> {
                      Task<?> failing =
                          createTask(
                              coroVoid(
                                  "failing",
                                  () -> {
                                    throw new IOException("for the test");
                                  }),
                              "failing");
                      Task<?> cancelled = createTask(sleep(Duration.ofHours(1)), "cancelled");
                      createTask(busy(0), "left to the end of the run");
                      await(sleep(Duration.ofMillis(1)));
                      cancelled.cancel();
                      await(sleep(Duration.ofMillis(20)));
                      assertNotNull(failing.exception());
                    }));
    List<RecordedEvent> starts = record("TaskStart", program);
    assertEquals(
        List.of("Task-1", "failing", "cancelled", "left to the end of the run"),
        starts.stream().map(each -> each.getString("task")).toList());
    assertEquals(List.of(0, 1, 1, 1), starts.stream().map(each -> each.getInt("madeBy")).toList());
    assertEquals("io.fermata.FlightRecordingTest.failing", starts.get(1).getString("coroutine"));
    List<String> ends =
        events(folder.resolve("test.jfr"), "TaskEnd").stream()
            .map(
                each ->
                    each.getString("task")
                        + " "
                        + each.getString("outcome")
                        + " "
                        + each.getString("failure"))
            .toList();
    assertEquals(
        List.of(
            "failing failed java.io.IOException",
            "cancelled cancelled null",
            "left to the end of the run succeeded null",
            "Task-1 succeeded null"),
        ends);
  }

  @Test
  void aRecordingThatStartsWhileALoopRunsSeesIt() throws Exception {
    SelectorLoop loop = new SelectorLoop();
    CountDownLatch running = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              loop.callSoon(running::countDown);
              loop.runForever();
            });
    thread.start();
    running.await();
    FlightRecording.watch();
    BackgroundThreads.join("fermata-jfr");
    List<RecordedEvent> slow =
        record(
            "SlowStep",
            () -> {
              awaitOnLoop(loop);
              loop.callSoonThreadsafe(() -> compute(40));
              awaitOnLoop(loop);
            });
    assertTrue(slow.stream().anyMatch(each -> each.getDuration().toMillis() >= 40), slow::toString);
    awaitOnLoop(loop);
    loop.callSoonThreadsafe(() -> assertNull(loop.observation, "observed after the recording"));
    awaitOnLoop(loop);
    loop.callSoonThreadsafe(loop::stop);
    thread.join();
    loop.close();
  }

  /** Waits until the loop has done what was handed to it so far. */
  private static void awaitOnLoop(EventLoop loop) throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    loop.callSoonThreadsafe(there::countDown);
    there.await();
  }

  @Test
  void statisticsAreOfEachSecondAndOfTheRest() throws Exception {
    List<RecordedEvent> statistics =
        record(
            "LoopStatistics",
            () ->
                Async.run(
                    coroVoid(
                        () -> {
                          for (int i = 0; i < 10; i++) {
                            createTask(sleep(Duration.ZERO));
                          }
                          Task<?> late = createTask(sleep(Duration.ofMillis(1)));
                          await(sleep(Duration.ZERO));
                          compute(30);
                          await(late);
                          await(sleep(Duration.ofMillis(1100)));
                        })));
    assertTrue(statistics.size() >= 2, statistics::toString);
    RecordedEvent first = statistics.get(0);
    assertTrue(first.getDuration().toMillis() >= 1000, first::toString);
    assertTrue(first.getDuration("greatestLag").toMillis() >= 20, first::toString);
    assertTrue(first.getDuration("asleep").toMillis() >= 900, first::toString);
    assertTrue(first.getInt("longestReadyQueue") >= 10, first::toString);
    assertTrue(first.getLong("passes") >= 3, first::toString);
  }

  /** Prints what a program prints that runs a slow step. */
  static final class SlowProgram {
    public static void main(String[] args) {
      Async.run(busy(40));
      System.out.println("ended");
    }
  }

  @Test
  void aProgramThatIsStartedWithARecordingIsSeenFromItsFirstStep() throws Exception {
    Path file = folder.resolve("program.jfr");
    JavaProcess.Ended ended =
        new JavaProcess("-XX:StartFlightRecording=filename=" + file)
            .run(SlowProgram.class, (process, line) -> {});
    assertTrue(ended.output().contains("ended"), () -> ended.output().toString());
    assertTrue(
        events(file, "SlowStep").stream()
            .anyMatch(
                each ->
                    each.getString("from").contains("busy")
                        && each.getDuration().toMillis() >= 40));
    assertEquals(List.of(), events(file, "TaskStart"));
    assertFalse(events(file, "LoopStatistics").isEmpty());
  }

  @Test
  void aJvmWithoutTheModuleRunsAsEver() throws Exception {
    JavaProcess.Ended ended =
        new JavaProcess("--limit-modules", "java.base")
            .run(SlowProgram.class, (process, line) -> {});
    assertEquals(List.of("ended"), ended.output());
  }
}
