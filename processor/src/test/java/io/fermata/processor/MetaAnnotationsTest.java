package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotations that are annotated with {@code @Coroutine} make coroutines themselves. */
class MetaAnnotationsTest {
  private static final String JOB =
      """
      package lib;
      import io.fermata.Coroutine;
      import java.lang.annotation.*;
      @Coroutine @Retention(RetentionPolicy.CLASS) public @interface Job {}
      """;

  private static final String USER =
      """
      package app;
      import static io.fermata.Async.*;
      import java.time.Duration;
      public class User {
        @lib.Job public static int two() { return await(sleep(Duration.ZERO, 2)); }
        @lib.Job public static int four() { return await(UserAsync.two()) * 2; }
      }
      """;

  @TempDir Path folder;

  @Test
  void one_of_the_same_compile() {
    assertTwin(
        javac("both").source("lib/Job.java", JOB).source("app/User.java", USER).compile(),
        "app/UserAsync.class");
  }

  @Test
  void one_of_an_earlier_compile() {
    javac("lib").source("lib/Job.java", JOB).compile();
    assertTwin(javac("app", "lib").source("app/User.java", USER).compile(), "app/UserAsync.class");
  }

  @Test
  void one_that_another_processor_generates() {
    Javac.Result result =
        javac("generated")
            .source("app/User.java", USER)
            .source(
                "app/Known.java", "package app; class Known { @io.fermata.Coroutine void f() {} }")
            .processors(new GeneratingProcessor(new LinkedHashMap<>(Map.of("lib.Job", JOB))))
            .compile();
    assertTwin(result, "app/UserAsync.class");
  }

  @Test
  void one_at_several_removes_among_annotations_that_go_in_a_circle() {
    assertTwin(
        javac("removes")
            .source(
                "app/Nightly.java",
                """
                package app;
                class Nightly {
                  @Second @interface First {}
                  @First @Third @interface Second {}
                  @Second @io.fermata.Coroutine @interface Third {}
                  @First static void first() { io.fermata.Async.await(NightlyAsync.second()); }
                  @Second static void second() { io.fermata.Async.await(NightlyAsync.third()); }
                  @Third static void third() {}
                }
                """)
            .compile(),
        "app/NightlyAsync.class");
  }

  @Test
  void those_that_go_in_a_circle_without_it_make_none() {
    Javac.Result result =
        javac("circle")
            .source(
                "app/Plain.java",
                """
                package app;
                class Plain {
                  @Second @interface First {}
                  @First @interface Second {}
                  @First static void first() {}
                }
                """)
            .compile();
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().keySet().stream().noneMatch(each -> each.contains("Async")));
  }

  @Test
  void all_checks_know_such_coroutines() {
    javac("lib").source("lib/Job.java", JOB).compile();
    javac("base", "lib").source("app/User.java", USER).compile();
    Javac.Result result =
        javac("checked", "lib", "base")
            .source(
                "app/Checked.java",
                """
                package app;
                class Checked implements Runnable {
                  @lib.Job @Override public void run() {}
                  void direct() { User.two(); }
                  void dropped() { UserAsync.two(); }
                  @lib.Job int load() { return 1; }
                  static class Sub extends Checked {
                    @Override int load() { return 2; }
                  }
                }
                """)
            .compile();
    assertEquals(
        List.of(
            "Checked.java:3 [fermata:template-override]",
            "Checked.java:4 [fermata:direct-call]",
            "Checked.java:5 [fermata:never-awaited]",
            "Checked.java:8 [fermata:overridden]"),
        result.messages().stream().map(each -> each.replaceAll("(?<=]).*", "")).sorted().toList());
  }

  @Test
  void ours_are_claimed_wherever_they_stand() {
    Javac.Result result =
        new Javac(folder.resolve("claimed"))
            .options("-Xlint:all,-try", "-Werror")
            .options("-cp", Javac.placeOf("io.fermata.Coroutine").toString())
            .source(
                "io/fermata/junit/Ours.java",
                """
                package io.fermata.junit;
                class Ours {
                  @io.fermata.Coroutine @interface Own {}
                  @Own static void run() {}
                }
                """)
            .processors(new CoroutineProcessor(), new OwnAnnotationsProcessor())
            .compile();
    assertTwin(result, "io/fermata/junit/OursAsync.class");
  }

  private static void assertTwin(Javac.Result result, String name) {
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().containsKey(name), result.classFiles()::toString);
  }

  /** A compile in a folder of its own, with the classes of earlier ones. */
  private Javac javac(String name, String... earlier) {
    StringBuilder classPath = new StringBuilder(Javac.placeOf("io.fermata.Coroutine").toString());
    for (String each : earlier) {
      classPath.append(File.pathSeparator).append(folder.resolve(each).resolve("classes"));
    }
    return new Javac(folder.resolve(name))
        .options("-cp", classPath.toString())
        .processors(new CoroutineProcessor());
  }
}
