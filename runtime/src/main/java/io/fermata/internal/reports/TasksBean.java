package io.fermata.internal.reports;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.TasksMXBean;
import io.fermata.internal.Json;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The {@link TasksMXBean} of this runtime, and the loops that it tells of. Applications with class
 * loaders of their own have a runtime each, and a bean each. A bean holds its loader, so it is
 * taken back when the last loop has ended. Thread-safe.
 *
 * <pre>
 *           register                  the bean is there
 *  ABSENT ----------&gt; REGISTERING --------------------&gt; REGISTERED
 *    ^                     | the last loop has ended          | the last loop ends
 *    +---------------------+----------------------------------+
 * </pre>
 */
public final class TasksBean implements TasksMXBean {
  private static final String NAME = "io.fermata:type=Tasks";
  private static final String ANNOUNCEMENT = "fermata.outside";
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** Of the texts for other JVMs, which may have another version of this. */
  static final int FORMAT = 1;

  private static final long MAX_SAMPLE_MILLIS = 60_000;

  private enum State {
    ABSENT,
    REGISTERING,
    REGISTERED
  }

  private static final Object LOCK = new Object();

  /** With their numbers; by identity, since the classes of loops may be users'. */
  private static final IdentityHashMap<EventLoop, Integer> RUNNING = new IdentityHashMap<>();

  /** How many loops have been started. */
  private static int started;

  private static State state = State.ABSENT;

  /** Whether a loop that runs has asked for the bean. Written under the lock. */
  private static volatile boolean wanted;

  public static void loopStarts(EventLoop loop) {
    synchronized (LOCK) {
      if (started++ == 0) {
        announce();
      }
      RUNNING.put(loop, started);
    }
  }

  public static void loopEnds(EventLoop loop) {
    synchronized (LOCK) {
      RUNNING.remove(loop);
      if (RUNNING.isEmpty() && wanted) {
        wanted = false;
        if (state == State.REGISTERED) {
          state = State.ABSENT;
          Jmx.unregister();
        }
      }
    }
  }

  /** Registers the bean in the background, as long as loops run, unless it is there. */
  public static void register() {
    if (wanted) {
      return;
    }
    synchronized (LOCK) {
      if (RUNNING.isEmpty()) {
        return;
      }
      wanted = true;
      if (state == State.ABSENT) {
        state = State.REGISTERING;
        Thread thread = new Thread(TasksBean::registerIfThereIsJmx, "fermata-jmx");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  /**
   * Registers the bean for one who asks from another JVM, and waits until it is there.
   *
   * @throws NoSuchElementException if no loop has ever run
   * @throws IllegalStateException if loops run, and the bean can't be registered
   */
  public static void registerAndWait() throws InterruptedException {
    register();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    synchronized (LOCK) {
      if (started == 0) {
        throw new NoSuchElementException("no loop has run here");
      }
      while (state == State.REGISTERING && System.nanoTime() < deadline) {
        LOCK.wait(100);
      }
      if (wanted && state != State.REGISTERED) {
        throw new IllegalStateException("the bean " + NAME + " could not be registered");
      }
    }
  }

  private static void registerIfThereIsJmx() {
    boolean registered = false;
    try {
      registered = Jmx.register();
    } catch (LinkageError e) {
      String text = "no bean " + NAME + ": this JVM has no module java.management";
      RuntimeLog.log(Level.DEBUG, text, e);
    }
    synchronized (LOCK) {
      if (registered && wanted) {
        state = State.REGISTERED;
      } else {
        state = State.ABSENT;
        if (registered) {
          Jmx.unregister();
        }
      }
      LOCK.notifyAll();
    }
  }

  /** Lets tools find this JVM among others, without JMX being started in all of them. */
  @SuppressWarnings("EmptyCatch") // the program may run without being found
  private static void announce() {
    try {
      System.setProperty(ANNOUNCEMENT, Integer.toString(FORMAT));
    } catch (RuntimeException e) { // a SecurityException, whose class a start need not load
      // It is not found.
    }
  }

  /** The loops that run and their numbers, in the order in which they were started. */
  private static IdentityHashMap<EventLoop, Integer> running() {
    synchronized (LOCK) {
      return new IdentityHashMap<>(RUNNING);
    }
  }

  @Override
  public int getLoopCount() {
    return running().size();
  }

  @Override
  public String printTaskTree() {
    StringBuilder text = new StringBuilder();
    for (Question<String> tree : askAll(loop -> TaskTree.of(Async.allTasks(loop))).values()) {
      text.append(tree.loop()).append('\n');
      text.append(Objects.requireNonNullElse(tree.orHeldUp(TasksBean::heldUp), ""));
    }
    return text.toString();
  }

  private static String heldUp(Thread thread) {
    StringBuilder text = new StringBuilder("  its thread is held up:\n");
    for (StackTraceElement frame : StackTraces.forUsers(thread.getStackTrace())) {
      text.append("    at ").append(frame).append('\n');
    }
    return text.toString();
  }

  @Override
  public String describeTasks() {
    List<Map<String, @Nullable Object>> loops = new ArrayList<>();
    askAll(LoopFacts::of)
        .forEach(
            (number, question) -> {
              EventLoop loop = question.loop();
              LoopFacts facts = question.orHeldUp(thread -> LoopFacts.ofHeldUp(loop, thread));
              if (facts != null) {
                loops.add(facts.toJson(number));
              }
            });
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("format", FORMAT);
    told.put("loops", loops);
    return Json.write(told);
  }

  /** Questions to all loops that run, by their numbers. */
  private static <T> SortedMap<Integer, Question<T>> askAll(Function<EventLoop, T> asked) {
    SortedMap<Integer, Question<T>> questions = new TreeMap<>();
    running()
        .forEach(
            (loop, number) -> questions.put(number, Question.to(loop, () -> asked.apply(loop))));
    return questions;
  }

  @Override
  public String sampleTasks(long millis) {
    if (millis < 1 || millis > MAX_SAMPLE_MILLIS) {
      throw new IllegalArgumentException(
          "samples are taken for 1 to " + MAX_SAMPLE_MILLIS + " ms, not for " + millis + ".");
    }
    return Json.write(LoopSampler.sample(TasksBean::running, millis));
  }

  /** Apart from the rest, which must load on a JVM without the module java.management. */
  private static final class Jmx {
    private static @Nullable ObjectName name;

    /** Under a name of its own if another application's bean has the plain one. */
    static boolean register() {
      return register(NAME) || register(NAME + ",loader=" + ObjectName.quote(loader()));
    }

    private static boolean register(String text) {
      try {
        ObjectName free = new ObjectName(text);
        ManagementFactory.getPlatformMBeanServer().registerMBean(new TasksBean(), free);
        name = free;
        return true;
      } catch (InstanceAlreadyExistsException e) {
        return false;
      } catch (JMException | RuntimeException e) {
        RuntimeLog.log(Level.WARNING, "the bean " + text + " could not be registered", e);
        return false;
      }
    }

    private static String loader() {
      ClassLoader loader = TasksBean.class.getClassLoader();
      return loader == null
          ? "none"
          : loader.getClass().getName()
              + "@"
              + Integer.toHexString(System.identityHashCode(loader));
    }

    static void unregister() {
      ObjectName registered = name;
      name = null;
      if (registered == null) {
        return;
      }
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
      } catch (InstanceNotFoundException e) {
        // Somebody else has taken it away.
      } catch (JMException | RuntimeException e) {
        RuntimeLog.log(Level.WARNING, "the bean " + registered + " could not be taken back", e);
      }
    }
  }
}
