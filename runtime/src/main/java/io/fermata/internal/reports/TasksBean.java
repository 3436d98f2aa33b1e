package io.fermata.internal.reports;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.TasksMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final long PATIENCE_MILLIS = 500;

  private enum State {
    ABSENT,
    REGISTERING,
    REGISTERED
  }

  private static final Object LOCK = new Object();

  /** By identity, since the classes of loops may be users'. */
  private static final Set<EventLoop> RUNNING = Collections.newSetFromMap(new IdentityHashMap<>());

  private static State state = State.ABSENT;

  /** Whether a loop that runs has asked for the bean. Written under the lock. */
  private static volatile boolean wanted;

  public static void loopStarts(EventLoop loop) {
    synchronized (LOCK) {
      RUNNING.add(loop);
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
    }
  }

  private static List<EventLoop> running() {
    synchronized (LOCK) {
      return List.copyOf(RUNNING);
    }
  }

  @Override
  public int getLoopCount() {
    return running().size();
  }

  @Override
  public String printTaskTree() {
    StringBuilder text = new StringBuilder();
    for (EventLoop loop : running()) {
      text.append(loop).append('\n').append(treeOf(loop));
    }
    return text.toString();
  }

  /** Asked for on the loop's own thread, since tasks belong to it. */
  private static String treeOf(EventLoop loop) {
    CompletableFuture<String> tree = new CompletableFuture<>();
    try {
      loop.callSoonThreadsafe(() -> tree.complete(TaskTree.of(Async.allTasks(loop))));
      return tree.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IllegalStateException closed) {
      return "";
    } catch (TimeoutException e) {
      return heldUp(loop);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String heldUp(EventLoop loop) {
    Thread thread = LoopAccess.get().thread(loop);
    if (thread == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("  its thread is held up:\n");
    for (StackTraceElement frame : StackTraces.forUsers(thread.getStackTrace())) {
      text.append("    at ").append(frame).append('\n');
    }
    return text.toString();
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
