package io.fermata.outside;

import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.fermata.Async;
import io.fermata.CancelledError;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.TasksMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.ObjectName;

/** A program to be looked at: it says when it is ready, and ends when its input does. */
public final class LookedAt {
  private LookedAt() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "tasks" -> tasks();
      case "held up" -> heldUp();
      case "ended" -> {
        Async.run(coroVoid("main", () -> await(sleep(ofMillis(1)))));
        readyUntilTheEnd();
      }
      case "none" -> readyUntilTheEnd();
      case "end when watched" -> endWhenWatched();
      case "young loader" -> {
        startInLoader(ofMinutes(9)); // so that it has not come to rest when it is looked at
        readyUntilTheEnd();
      }
      case "loaders" -> loaders();
      case "older" -> register(new Older(), "old");
      case "newer" -> register(new Newer("{\"format\":2,\"loops\":[]}"), "new");
      case "no json" -> register(new Newer("loops"), "new");
      case "strange" -> register(new Newer("{\"format\":1,\"loops\":[{}]}"), "new");
      default -> throw new AssertionError(arguments[0]);
    }
    System.exit(0);
  }

  private static void readyUntilTheEnd() {
    System.out.println("ready");
    untilTheEnd();
  }

  private static void tasks() throws Exception {
    Second second = new Second(ofMinutes(9));
    EventLoop[] loop = new EventLoop[1];
    List<Promise<Object>> end = new ArrayList<>();
    Thread reading =
        new Thread(
            () -> {
              untilTheEnd();
              System.out.println("while it runs: " + beans());
              loop[0].callSoonThreadsafe(() -> end.get(0).complete(null));
            });
    Async.run(
        coroVoid(
            "main",
            () -> {
              loop[0] = EventLoop.running();
              end.add(loop[0].createPromise());
              createTask(coroVoid("parent", LookedAt::parent), "parent");
              await(sleep(ofMillis(1)));
              createTask(coroVoid("left", LookedAt::left), "left");
              await(sleep(ofMillis(20)));
              second.start();
              System.out.println("ready");
              reading.start();
              await(end.get(0));
            }));
    second.end();
    System.out.println("at its end: " + beans());
  }

  private static void parent() {
    Task<Void> letter =
        createTask(coroVoid("letter", () -> await(new Suspension("a letter"))), "letter");
    Task<Void> doze = createTask(coroVoid("doze", () -> await(sleep(ofMinutes(9)))), "doze");
    await(gather(letter, doze));
  }

  private static void left() {
    Task<?> left = Async.currentTask();
    await(createTask(coroVoid("right", () -> await(left)), "right"));
  }

  /** A loop in a thread of its own. */
  private static final class Second {
    private final CountDownLatch running = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "second");
    private final Duration step;
    private EventLoop loop;
    private Task<?> main;

    Second(Duration step) {
      this.step = step;
    }

    void start() throws InterruptedException {
      thread.setDaemon(true);
      thread.start();
      running.await();
    }

    private void run() {
      try {
        Async.run(coroVoid("second", this::untilCancelled));
      } catch (CancelledError e) {
        // It has been ended.
      }
    }

    private void untilCancelled() {
      loop = EventLoop.running();
      main = Async.currentTask();
      loop.callSoon(running::countDown); // once it sleeps
      while (true) {
        await(sleep(step));
      }
    }

    void end() throws InterruptedException {
      loop.callSoonThreadsafe(main::cancel);
      thread.join();
    }
  }

  /** Called by its name, in the class loader of an application. */
  public static void startSecond(Duration step) throws InterruptedException {
    new Second(step).start();
  }

  private static void startInLoader(Duration step) throws Exception {
    URL[] classPath = {
      Path.of("target", "test-classes").toUri().toURL(),
      Path.of("target", "classes").toUri().toURL()
    };
    ClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    loader
        .loadClass(LookedAt.class.getName())
        .getMethod("startSecond", Duration.class)
        .invoke(null, step);
  }

  /** Two applications beside a loop of the JVM's own class loader. */
  private static void loaders() throws Exception {
    startInLoader(ofMillis(100));
    startSecond(ofMillis(100));
    Async.run(
        coroVoid(
            "main",
            () -> {
              while (beans().size() < 2) {
                await(sleep(ofMillis(10)));
              }
              System.out.println("ready");
              await(Async.toThread(LookedAt::untilTheEnd));
            }));
  }

  private static void heldUp() {
    Async.run(
        coroVoid(
            "main",
            () -> {
              EventLoop.running().callSoon(LookedAt::holdUp);
              await(sleep(ofMillis(1)));
            }));
  }

  private static void holdUp() {
    System.out.println("ready");
    untilTheEnd();
  }

  /** Ends once its loop has been asked for samples, twice. */
  private static void endWhenWatched() {
    Async.run(
        coroVoid(
            "main",
            () -> {
              System.out.println("ready");
              while (!beans().contains("io.fermata:type=Tasks")) {
                await(sleep(ofMillis(1)));
              }
              await(sleep(ofMillis(500)));
            }));
  }

  private static void untilTheEnd() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> beans() {
    try {
      Set<String> names = new TreeSet<>();
      for (ObjectName name :
          ManagementFactory.getPlatformMBeanServer()
              .queryNames(new ObjectName("io.fermata:*"), null)) {
        names.add(name.toString());
      }
      return names;
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static void register(Object bean, String loader) throws JMException {
    ManagementFactory.getPlatformMBeanServer()
        .registerMBean(bean, new ObjectName("io.fermata:type=Tasks,loader=\"" + loader + "\""));
    readyUntilTheEnd();
  }

  /** What the bean was before there were tools. */
  public interface OlderMXBean {
    int getLoopCount();

    String printTaskTree();
  }

  /** Of an older version. */
  public static final class Older implements OlderMXBean {
    @Override
    public int getLoopCount() {
      return 1;
    }

    @Override
    public String printTaskTree() {
      return "";
    }
  }

  /** Of a newer version. */
  public static final class Newer implements TasksMXBean {
    private final String answer;

    Newer(String answer) {
      this.answer = answer;
    }

    @Override
    public int getLoopCount() {
      return 1;
    }

    @Override
    public String printTaskTree() {
      return "";
    }

    @Override
    public String describeTasks() {
      return answer;
    }

    @Override
    public String sampleTasks(long millis) {
      return answer;
    }
  }
}
