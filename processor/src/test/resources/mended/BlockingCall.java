// MENDS blocking-call
// PRINTS abc 0 text missing
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class BlockingCall {
  @interface Blocking {}

  static class Duration {}

  @Blocking
  static String ask(String name) throws InterruptedException {
    return name;
  }

  @Coroutine
  static String all(CompletableFuture<String> a, Future<String> b) throws Exception {
    Thread.sleep(1);
    try {
      Thread.sleep(0L + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    TimeUnit.MILLISECONDS.sleep(1);
    String text = a.get() + b.get() + ask("c");
    Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version").start();
    int code = process.waitFor();
    process.waitFor();
    Path file = Files.createTempFile("fermata", ".txt");
    Files.writeString(file, "text");
    String found;
    try {
      found = Files.readString(file) + " ";
      found += Files.readString(file.resolve("missing"));
    } catch (IOException e) {
      found = "text missing";
    }
    return text + " " + code + " " + found;
  }

  static String result() throws Exception {
    return run(
        BlockingCallAsync.all(
            CompletableFuture.completedFuture("a"), CompletableFuture.completedFuture("b")));
  }
}
