package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's calls that block, and those beside them that do not. */
class BlockingCallsTest {

  /** What is called, its class in front, and what is to be used instead; nothing if it is fine. */
  private record Call(String type, String code, String instead) {}

  private static final String TIMED = ", with waitFor(…) for the time.";

  private static final List<Call> CALLS =
      List.of(
          blocks("java.util.concurrent.BlockingQueue<String>", "it.take()", "Use an AsyncQueue."),
          blocks(
              "java.util.concurrent.BlockingQueue<String>",
              "it.poll(1, SECONDS)",
              "Use an AsyncQueue" + TIMED),
          blocks(
              "java.util.concurrent.LinkedBlockingQueue<String>",
              "it.offer(\"\", 1, SECONDS)",
              "Use an AsyncQueue" + TIMED),
          isFine("java.util.concurrent.BlockingQueue<String>", "it.poll()"),
          isFine("java.util.concurrent.BlockingQueue<String>", "it.offer(\"\")"),
          blocks(
              "java.util.concurrent.BlockingDeque<String>",
              "it.pollLast(1, SECONDS)",
              "Use an AsyncQueue" + TIMED),
          blocks(
              "java.util.concurrent.BlockingDeque<String>",
              "it.offerFirst(\"\", 1, SECONDS)",
              "Use an AsyncQueue" + TIMED),
          isFine("java.util.concurrent.BlockingDeque<String>", "it.pollFirst()"),
          blocks(
              "java.util.concurrent.TransferQueue<String>",
              "it.tryTransfer(\"\", 1, SECONDS)",
              "Use an AsyncQueue" + TIMED),
          isFine("java.util.concurrent.TransferQueue<String>", "it.tryTransfer(\"\")"),
          blocks(
              "java.util.concurrent.Semaphore",
              "it.tryAcquire(1, SECONDS)",
              "Use an AsyncSemaphore" + TIMED),
          blocks(
              "java.util.concurrent.Semaphore",
              "it.tryAcquire(2, 1, SECONDS)",
              "Use an AsyncSemaphore" + TIMED),
          isFine("java.util.concurrent.Semaphore", "it.tryAcquire(2)"),
          blocks(
              "java.util.concurrent.locks.ReentrantLock",
              "it.tryLock(1, SECONDS)",
              "Use an AsyncLock" + TIMED),
          isFine("java.util.concurrent.locks.ReentrantLock", "it.tryLock()"),
          blocks(
              "java.util.concurrent.locks.StampedLock",
              "it.tryReadLock(1, SECONDS)",
              "Use an AsyncLock" + TIMED),
          isFine("java.util.concurrent.locks.StampedLock", "it.tryWriteLock()"),
          blocks(
              "java.util.concurrent.CountDownLatch",
              "it.await(1, SECONDS)",
              "Use an AsyncEvent or a Promise."),
          blocks(
              "java.util.concurrent.CyclicBarrier", "it.await(1, SECONDS)", "Use an AsyncBarrier."),
          blocks(
              "java.util.concurrent.Phaser",
              "it.awaitAdvanceInterruptibly(1, 1, SECONDS)",
              "Use an AsyncBarrier."),
          isFine("java.util.concurrent.Phaser", "it.arrive()"),
          blocks(
              "java.util.concurrent.Exchanger<String>",
              "it.exchange(\"\", 1, SECONDS)",
              "Use an AsyncQueue."),
          inThread("java.util.concurrent.ForkJoinTask<String>", "it.quietlyJoin()"),
          inThread("java.util.concurrent.ForkJoinTask<String>", "it.get(1, SECONDS)"),
          isFine("java.util.concurrent.ForkJoinTask<String>", "it.fork()"),
          inThread("java.util.concurrent.CompletionService<String>", "it.poll(1, SECONDS)"),
          isFine("java.util.concurrent.CompletionService<String>", "it.poll()"),
          inThread("Thread", "it.join(1)"),
          blocks("Object", "it.wait(1)", "Use an AsyncCondition."),
          isFine("Object", "it.notifyAll()"),
          blocks("Process", "it.waitFor(1, SECONDS)", "Use await(it.onExit())."),
          isFine("Process", "it.onExit()"),
          blocks(
              "java.net.http.HttpClient",
              "it.send(null, java.net.http.HttpResponse.BodyHandlers.ofString())",
              "Use await(it.sendAsync(…))."),
          inThread("String", "new java.net.Socket(it, 1)"),
          isFine("String", "new java.net.Socket()"),
          inThread("javax.net.SocketFactory", "it.createSocket(\"\", 1)"),
          isFine("javax.net.SocketFactory", "it.createSocket()"),
          inThread("java.net.SocketAddress", "java.nio.channels.SocketChannel.open(it)"),
          isFine("Object", "java.nio.channels.SocketChannel.open()"),
          inThread("java.net.URLConnection", "it.getOutputStream()"),
          isFine("java.net.URLConnection", "it.setDoOutput(true)"),
          inThread("java.nio.file.WatchService", "it.poll(1, SECONDS)"),
          isFine("java.nio.file.WatchService", "it.poll()"),
          isFine("java.nio.channels.Selector", "it.selectNow()"),
          inThread("java.nio.channels.Selector", "it.select(1)"),
          inThread("java.io.File", "javax.imageio.ImageIO.read(it)"),
          inThread("String", "java.rmi.Naming.lookup(it)"));

  private static Call blocks(String type, String code, String instead) {
    return new Call(type, code, instead);
  }

  private static Call inThread(String type, String code) {
    return new Call(type, code, "Use await(toThread(() -> ");
  }

  private static Call isFine(String type, String code) {
    return new Call(type, code, "");
  }

  @TempDir Path folder;

  @Test
  void a_call_that_blocks_is_told_with_what_to_use_and_no_other_is() {
    StringBuilder source = new StringBuilder("import static java.util.concurrent.TimeUnit.*;");
    source.append("class Calls {");
    for (Call each : CALLS) {
      source
          .append("\n@io.fermata.Coroutine static void m%d(".formatted(CALLS.indexOf(each)))
          .append(each.type() + " it) throws Exception { " + each.code() + "; }");
    }
    Javac.Result result =
        new Javac(folder)
            .withRuntime()
            .source("Calls.java", source + "\n}\n")
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages(Kind.ERROR));
    List<String> told = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Call each : CALLS) {
      String found = remedyAt(CALLS.indexOf(each) + 2, result);
      boolean isRight =
          each.instead().isEmpty() ? found.isEmpty() : found.startsWith(each.instead());
      told.add(each.code() + ": " + (isRight ? each.instead() : found));
      expected.add(each.code() + ": " + each.instead());
    }
    assertEquals(String.join("\n", expected), String.join("\n", told));
  }

  private static String remedyAt(int line, Javac.Result result) {
    for (Diagnostic<? extends JavaFileObject> each : result.diagnostics()) {
      String message = each.getMessage(null);
      if (each.getLineNumber() == line && message.startsWith("[fermata:blocking-call]")) {
        return message.lines().skip(1).findFirst().orElseThrow().strip();
      }
    }
    return "";
  }
}
