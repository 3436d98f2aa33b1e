package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that lie about on the class path, where javac looks for sources as well. */
class LooseSourcesTest {
  private static final String COROUTINE =
      "package app; class A { @io.fermata.Coroutine static void f() {"
          + " io.fermata.Async.await(io.fermata.Async.sleep(java.time.Duration.ZERO)); } }";

  @TempDir Path folder;

  @Test
  void theSourceItselfInTheFolderThatIsTheClassPath() throws IOException {
    assertCompilesBeside("A.java", COROUTINE);
  }

  @Test
  void aSourceOfAnotherPackageThanItsFolder() throws IOException {
    assertCompilesBeside("Other.java", "package other; class Other { int x() { return 1; } }");
  }

  @Test
  void whatIsNoJava() throws IOException {
    assertCompilesBeside("Broken.java", "this is no Java");
  }

  private void assertCompilesBeside(String name, String text) throws IOException {
    Path loose = Files.createDirectory(folder.resolve("loose"));
    Files.writeString(loose.resolve(name), text);
    Javac.Result result =
        new Javac(folder)
            .options("-cp", Javac.placeOf("io.fermata.Coroutine") + File.pathSeparator + loose)
            .source("app/A.java", COROUTINE)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().containsKey("app/AAsync.class"));
  }
}
