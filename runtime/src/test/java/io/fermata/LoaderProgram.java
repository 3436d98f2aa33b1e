package io.fermata;

import io.fermata.testing.VirtualTimeLoop;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A container of applications, each with a class loader of its own, which is to go with it. */
final class LoaderProgram {
  private static final String SHARED = "shared ";
  private static final String STOP = "io.fermata.test.stop";

  /** Held, since its level is forgotten with it. */
  private static final Logger LOG = Logger.getLogger("io.fermata");

  private LoaderProgram() {}

  /** Runs each use in a loader of its own, and prints what became of that. */
  public static void main(String[] uses) throws Exception {
    LOG.setLevel(Level.OFF);
    for (String use : uses) {
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      if (use.equals("two applications")) {
        Thread first = new Thread(() -> loaders.add(runInLoader("first")));
        first.start();
        while (Application.beans().isEmpty()) {
          Thread.onSpinWait();
        }
        loaders.add(runInLoader("second"));
        System.setProperty(STOP, "true");
        first.join();
      } else {
        loaders.add(runInLoader(use));
      }
      for (int i = 0; i < 250 && !areGone(loaders); i++) {
        System.gc();
        Thread.sleep(20); // until the threads of the use, and of the JVM, have ended
      }
      System.out.println(use + ": " + (areGone(loaders) ? "gone" : "kept"));
    }
    System.out.println("beans left: " + Application.beans());
  }

  private static boolean areGone(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().allMatch(loader -> loader.get() == null);
  }

  private static WeakReference<ClassLoader> runInLoader(String use) {
    URLClassLoader loader =
        use.startsWith(SHARED)
            ? new Child()
            : new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    try (loader) {
      Class<?> application = loader.loadClass(Application.class.getName());
      asConsumer(application.getDeclaredConstructor().newInstance())
          .accept(use.replace(SHARED, ""));
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
    return new WeakReference<>(loader);
  }

  @SuppressWarnings("unchecked") // it takes any text
  private static Consumer<String> asConsumer(Object application) {
    return (Consumer<String>) application;
  }

  private static URL[] classPath() {
    String path = System.getProperty("java.class.path");
    return Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
        .map(LoaderProgram::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  /** Loads the application itself, and shares the runtime with others. */
  private static final class Child extends URLClassLoader {
    Child() {
      super(classPath(), ClassLoader.getSystemClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Application.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  /** What runs in a loader. */
  public static final class Application implements Consumer<String> {
    private static final ContextVar<Object> VARIABLE = ContextVar.named("variable");

    // Not private: to its loader this class is no nest mate of the others.
    static final Duration MILLISECOND = Duration.ofMillis(1);

    /** For the container. */
    public Application() {}

    @Override
    public void accept(String use) {
      RunOptions options = RunOptions.DEFAULT;
      switch (use) {
        case "plain" -> run(Application::work, options);
        case "debug" -> run(Application::work, options.withDebug());
        case "long" -> run(() -> poll(Duration.ofMillis(2100), () -> has(1)), options);
        case "bean" -> run(() -> poll(MILLISECOND, () -> has(1)), options.withDebug());
        case "second" -> run(() -> poll(MILLISECOND, () -> has(2)), options.withDebug());
        case "first" -> run(() -> poll(MILLISECOND, Application::isStopped), options.withDebug());
        case "virtual" -> run(Application::work, options.withLoopFactory(VirtualTimeLoop::new));
        case "variable" -> {
          VARIABLE.set(new Application());
          run(Application::work, options);
        }
        case "variable in a context" ->
            new Context()
                .run(
                    () -> {
                      VARIABLE.set(new Application());
                      run(Application::work, options);
                    });
        case "thread-local" -> {
          ThreadLocal<Object> local = ThreadLocal.withInitial(Application::new);
          run(Application::work, options.withThreadLocal(ThreadLocalAccessor.of(local)));
          local.remove();
        }
        case "failure" -> {
          try {
            run(() -> Async.failed(new IllegalStateException("failed")), options);
          } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
          }
        }
        default -> throw new IllegalArgumentException(use);
      }
    }

    private static <T> void run(Awaitable<T> main, RunOptions options) {
      Async.run(main, options);
    }

    /** Sleeps, works in another thread, and fails without anybody looking. */
    private static Promise<Object> work() {
      VARIABLE.set(new Application());
      Awaitable<Object> failing =
          () -> {
            throw new IllegalStateException("never retrieved");
          };
      Async.ensurePromise(failing);
      return Async.gather(
          Async.sleep(MILLISECOND, 1), Async.toThread(() -> VARIABLE.get()), (a, b) -> a);
    }

    /** A promise that is done when the condition holds, after a delay at the earliest. */
    private static Promise<Object> poll(Duration delay, BooleanSupplier condition) {
      EventLoop loop = EventLoop.running();
      Promise<Object> holds = loop.createPromise();
      Runnable asking =
          new Runnable() {
            @Override
            public void run() {
              try {
                ask();
              } catch (Throwable t) {
                holds.fail(t); // nobody else tells: the log is off
              }
            }

            private void ask() {
              if (condition.getAsBoolean()) {
                holds.complete(true);
              } else {
                loop.callLater(MILLISECOND, this);
              }
            }
          };
      loop.callLater(delay, asking);
      return holds;
    }

    private static boolean isStopped() {
      return System.getProperty(STOP) != null;
    }

    private static boolean has(int count) {
      Set<String> beans = beans();
      if (beans.size() == count) {
        System.out.println(beans);
      }
      return beans.size() == count;
    }

    /** The beans of this JVM, and of how many loops they tell. */
    static Set<String> beans() {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      Set<String> texts = new TreeSet<>();
      try {
        for (ObjectName name : server.queryNames(new ObjectName("io.fermata:type=Tasks,*"), null)) {
          String text = name.toString().replaceAll("\"[^\"]*\"", "...");
          texts.add(text + " of " + server.getAttribute(name, "LoopCount"));
        }
      } catch (InstanceNotFoundException e) {
        return Set.of(); // just taken back
      } catch (JMException e) {
        throw new AssertionError(e);
      }
      return texts;
    }
  }
}
