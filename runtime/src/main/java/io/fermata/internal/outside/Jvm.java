package io.fermata.internal.outside;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.AttachOperationFailedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM, and what the beans of the runtimes in it tell. It is reached by the JDK's own means:
 * attached to, and told to start its local JMX agent. No code is loaded into it.
 */
final class Jvm implements AutoCloseable {
  /** Set where loops have run; see {@code TasksBean}. */
  private static final String ANNOUNCEMENT = "fermata.outside";

  private static final String BEANS = "io.fermata:type=Tasks,*";
  private static final String BELL = "io.fermata:type=Bell,id=";
  private static final long FORMAT = 1;

  /**
   * More than the JDK itself waits for a JVM that it attaches to for the first time. The property
   * is for tests.
   */
  private static final int LIMIT_SECONDS = Integer.getInteger("fermata.outside.limit", 15);

  private final long pid;
  private final boolean announced;
  private final JMXConnector connector;
  private final MBeanServerConnection connection;

  /** Whether the JVM's own class loader has a Fermata that can be asked. */
  private boolean answersTheBell = true;

  private Jvm(long pid, boolean announced, JMXConnector connector) throws IOException {
    this.pid = pid;
    this.announced = announced;
    this.connector = connector;
    this.connection = connector.getMBeanServerConnection();
  }

  /** Whether loops have run in a JVM; it is asked without starting anything there. */
  static boolean hasRunLoops(long pid) throws Refusal {
    return inTime(pid, () -> isAnnouncedBy(pid));
  }

  private static boolean isAnnouncedBy(long pid) throws Refusal {
    VirtualMachine machine = attach(pid);
    try {
      return isAnnounced(machine.getSystemProperties());
    } catch (IOException e) {
      throw broken(pid, e);
    } finally {
      detach(machine);
    }
  }

  private static boolean isAnnounced(Properties properties) {
    return properties.getProperty(ANNOUNCEMENT) != null;
  }

  static Jvm connect(long pid) throws Refusal {
    Processes.checkIsJvm(pid);
    return inTime(pid, () -> attachAndConnect(pid));
  }

  /** To attach to a JVM that is stopped takes for ever. */
  private static <T> T inTime(long pid, Callable<T> work) throws Refusal {
    FutureTask<T> attaching = new FutureTask<>(work);
    Thread thread = new Thread(attaching, "fermata-attach");
    thread.setDaemon(true);
    thread.start();
    try {
      return attaching.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal
          ? refusal
          : new Refusal("JVM " + pid + " can't be attached to: " + e.getCause() + ".");
    } catch (TimeoutException | InterruptedException e) {
      throw new Refusal("JVM " + pid + " does not answer: it is stopped, or has no time to.");
    }
  }

  @SuppressWarnings("BanJNDI") // the address holds the agent itself: no name is looked up
  private static Jvm attachAndConnect(long pid) throws Refusal {
    VirtualMachine machine = attach(pid);
    try {
      boolean announced = isAnnounced(machine.getSystemProperties());
      String address = machine.startLocalManagementAgent();
      return new Jvm(pid, announced, JMXConnectorFactory.connect(new JMXServiceURL(address)));
    } catch (AttachOperationFailedException e) {
      throw new Refusal(
          "JVM "
              + pid
              + " can't start its JMX agent: "
              + e.getMessage()
              + ". It needs the module jdk.management.agent.");
    } catch (IOException e) {
      throw broken(pid, e);
    } finally {
      detach(machine);
    }
  }

  private static VirtualMachine attach(long pid) throws Refusal {
    try {
      return VirtualMachine.attach(Long.toString(pid));
    } catch (AttachNotSupportedException | IOException e) {
      throw new Refusal(
          "JVM "
              + pid
              + " can't be attached to: "
              + e.getMessage()
              + ". Is it started without -XX:+DisableAttachMechanism, and does it share the user and"
              + " the folder for temporary files with this tool?");
    }
  }

  @SuppressWarnings("EmptyCatch") // all that was asked for is here
  private static void detach(VirtualMachine machine) {
    try {
      machine.detach();
    } catch (IOException e) {
      // It has ended.
    }
  }

  private static Refusal broken(long pid, IOException e) {
    return new Refusal(
        Processes.hasEnded(pid)
            ? "JVM " + pid + " has ended."
            : "the connection to JVM " + pid + " is broken: " + e.getMessage() + ".");
  }

  boolean hasEnded() {
    return Processes.hasEnded(pid);
  }

  /** Its loops with their tasks. */
  List<Fields> describe() throws Refusal {
    return ask("describeTasks", new Object[0], new String[0]);
  }

  /** Its loops with what took their time. */
  List<Fields> sample(long millis) throws Refusal {
    return ask("sampleTasks", new Object[] {millis}, new String[] {long.class.getName()});
  }

  int countLoops() throws Refusal {
    try {
      int count = 0;
      for (ObjectName bean : beans()) {
        count += connection.getAttribute(bean, "LoopCount") instanceof Integer loops ? loops : 0;
      }
      return count;
    } catch (IOException e) {
      throw broken(pid, e);
    } catch (JMException e) {
      return 0; // the last loop has ended meanwhile
    }
  }

  private List<Fields> ask(String operation, Object[] arguments, String[] types) throws Refusal {
    try {
      List<CompletableFuture<List<Fields>>> answers = new ArrayList<>();
      for (ObjectName bean : beans()) {
        checkHas(operation, bean);
        answers.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return loops(bean, connection.invoke(bean, operation, arguments, types));
                  } catch (InstanceNotFoundException e) {
                    return List.of(); // its last loop has ended meanwhile
                  } catch (JMException | IOException e) {
                    throw new CompletionException(e);
                  }
                },
                work -> new Thread(work).start()));
      }
      List<Fields> loops = new ArrayList<>();
      for (CompletableFuture<List<Fields>> answer : answers) {
        loops.addAll(answer.join());
      }
      return loops;
    } catch (CompletionException e) {
      throw refusal(e.getCause());
    } catch (InstanceNotFoundException e) {
      return List.of();
    } catch (JMException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw broken(pid, e);
    }
  }

  private Refusal refusal(@Nullable Throwable cause) {
    if (cause instanceof IOException e) {
      return broken(pid, e);
    }
    if (cause instanceof IllegalArgumentException unreadable) {
      throw unreadable;
    }
    Throwable told =
        cause instanceof JMRuntimeException && cause.getCause() != null ? cause.getCause() : cause;
    return new Refusal("JVM " + pid + " can't tell its tasks: " + told + ".");
  }

  private List<ObjectName> beans() throws IOException, JMException, Refusal {
    String failure = ringBell();
    List<ObjectName> beans = new ArrayList<>(connection.queryNames(new ObjectName(BEANS), null));
    if (beans.isEmpty() && failure != null) {
      throw new Refusal(failure);
    }
    beans.sort(Comparator.naturalOrder());
    return beans;
  }

  /**
   * Has the runtime in the JVM's own class loader register its bean. One that can't be reached so
   * may have registered it by itself.
   *
   * @return what to say if there is no bean either; null if that means that no loop runs
   */
  private @Nullable String ringBell() throws IOException, JMException {
    if (!answersTheBell) {
      return whyNoAnswer();
    }
    ObjectName bell = new ObjectName(BELL + UUID.randomUUID());
    try {
      connection.createMBean(Bell.class.getName(), bell);
      connection.unregisterMBean(bell);
      return null;
    } catch (MBeanException | JMRuntimeException e) {
      return e.getCause() instanceof NoSuchElementException ? whyNoAnswer() : silent(e.getCause());
    } catch (ReflectionException e) {
      answersTheBell = false;
      return whyNoAnswer();
    }
  }

  private String silent(@Nullable Throwable cause) {
    return "JVM "
        + pid
        + " can't tell its tasks: "
        + cause
        + ". Its log tells why; where it is the module java.management that is missing, start it"
        + " with --add-modules java.management.";
  }

  private String whyNoAnswer() {
    return announced
        ? "the loops of JVM "
            + pid
            + " can't be seen yet: their Fermata is in a class loader of its own, or in a module"
            + " that does not read java.management. Ask again once one has run for two seconds and"
            + " come to rest; start it with --add-modules java.management if that does not help."
        : "in JVM "
            + pid
            + " no loop of Fermata has run, or of a version that is older than this"
            + " tool.";
  }

  private void checkHas(String operation, ObjectName bean)
      throws IOException, JMException, Refusal {
    boolean has =
        Arrays.stream(connection.getMBeanInfo(bean).getOperations())
            .anyMatch(known -> known.getName().equals(operation));
    if (!has) {
      throw new Refusal(
          "JVM "
              + pid
              + " has a Fermata that is older than this tool, and can't be asked for this: its bean "
              + bean
              + " has no operation "
              + operation
              + ". Call printTaskTree in a JMX console.");
    }
  }

  private static List<Fields> loops(ObjectName bean, @Nullable Object answer) {
    Fields told = Fields.read(String.valueOf(answer));
    if (told.number("format") != FORMAT) {
      throw new IllegalArgumentException("format " + told.number("format"));
    }
    String loader = bean.getKeyProperty("loader");
    return told.objects("loops").stream()
        .map(loop -> loader == null ? loop : loop.with("loader", ObjectName.unquote(loader)))
        .toList();
  }

  /** A document about its loops. */
  Map<String, @Nullable Object> document(List<Fields> loops) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("format", FORMAT);
    document.put("pid", pid);
    document.put("loops", loops.stream().map(Fields::asMap).toList());
    return document;
  }

  @Override
  @SuppressWarnings("EmptyCatch") // nothing more is asked
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // It has ended.
    }
  }
}
