package io.fermata.processor.checks;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** The calls of the JDK that are known to block their thread, and what coroutines use instead. */
final class BlockingCalls {

  private static final String IN_THREAD = "await(toThread(() -> %s))";

  /** For what waits no longer than a time that is given. */
  private static final String FOR_TIME = ", with waitFor(…) for the time";

  /**
   * Methods of a class, also as its subclasses have them; {@code <init>} is a constructor. Those of
   * its overloads that have a parameter of some type: {@code poll:TimeUnit}.
   */
  private record Row(String className, Set<String> methods, String instead) {}

  private static final List<Row> TABLE =
      List.of(
          row("java.lang.Thread", "await(sleep(…))", "sleep"),
          row("java.util.concurrent.TimeUnit", "await(sleep(…))", "sleep"),
          row("java.lang.Thread", IN_THREAD, "join"),
          row("java.util.concurrent.TimeUnit", IN_THREAD, "timedJoin", "timedWait"),
          row("java.lang.Object", "an AsyncCondition", "wait"),
          row("java.lang.Process", "await(%s.onExit())", "waitFor"),
          row("java.util.concurrent.CompletableFuture", "await(%s)", "get", "join"),
          row("java.util.concurrent.Future", IN_THREAD, "get"),
          row("java.util.concurrent.ForkJoinTask", IN_THREAD, "join", "invoke", "invokeAll"),
          row(
              "java.util.concurrent.ForkJoinTask",
              IN_THREAD,
              "quietlyJoin",
              "quietlyInvoke",
              "quietlyJoinUninterruptibly",
              "helpQuiesce"),
          row(
              "java.util.concurrent.ForkJoinPool",
              IN_THREAD,
              "invoke",
              "invokeAllUninterruptibly",
              "awaitQuiescence",
              "managedBlock"),
          row("java.util.concurrent.StructuredTaskScope", "a TaskGroup", "join", "joinUntil"),
          row("java.util.concurrent.CountDownLatch", "an AsyncEvent or a Promise", "await"),
          row("java.util.concurrent.CyclicBarrier", "an AsyncBarrier", "await"),
          row(
              "java.util.concurrent.Phaser",
              "an AsyncBarrier",
              "arriveAndAwaitAdvance",
              "awaitAdvance",
              "awaitAdvanceInterruptibly"),
          row(
              "java.util.concurrent.Semaphore",
              "an AsyncSemaphore",
              "acquire",
              "acquireUninterruptibly"),
          row("java.util.concurrent.Exchanger", "an AsyncQueue", "exchange"),
          row("java.util.concurrent.BlockingQueue", "an AsyncQueue", "take", "put"),
          row(
              "java.util.concurrent.BlockingQueue",
              "an AsyncQueue" + FOR_TIME,
              "poll:TimeUnit",
              "offer:TimeUnit"),
          row(
              "java.util.concurrent.BlockingDeque",
              "an AsyncQueue" + FOR_TIME,
              "pollFirst:TimeUnit",
              "pollLast:TimeUnit",
              "offerFirst:TimeUnit",
              "offerLast:TimeUnit"),
          row(
              "java.util.concurrent.TransferQueue",
              "an AsyncQueue" + FOR_TIME,
              "tryTransfer:TimeUnit"),
          row(
              "java.util.concurrent.Semaphore",
              "an AsyncSemaphore" + FOR_TIME,
              "tryAcquire:TimeUnit"),
          row("java.util.concurrent.locks.Lock", "an AsyncLock" + FOR_TIME, "tryLock:TimeUnit"),
          row(
              "java.util.concurrent.locks.StampedLock",
              "an AsyncLock" + FOR_TIME,
              "tryReadLock:TimeUnit",
              "tryWriteLock:TimeUnit"),
          row(
              "java.util.concurrent.BlockingDeque",
              "an AsyncQueue",
              "takeFirst",
              "takeLast",
              "putFirst",
              "putLast"),
          row("java.util.concurrent.TransferQueue", "an AsyncQueue", "transfer"),
          row("java.util.concurrent.locks.Lock", "an AsyncLock", "lock", "lockInterruptibly"),
          row(
              "java.util.concurrent.locks.StampedLock",
              "an AsyncLock",
              "readLock",
              "readLockInterruptibly",
              "writeLock",
              "writeLockInterruptibly"),
          row(
              "java.util.concurrent.locks.Condition",
              "an AsyncCondition",
              "await",
              "awaitNanos",
              "awaitUninterruptibly",
              "awaitUntil"),
          row(
              "java.util.concurrent.locks.LockSupport",
              "a Promise",
              "park",
              "parkNanos",
              "parkUntil"),
          row(
              "java.util.concurrent.ExecutorService",
              IN_THREAD,
              "awaitTermination",
              "invokeAll",
              "invokeAny",
              "close"),
          row("java.util.concurrent.CompletionService", IN_THREAD, "take", "poll:TimeUnit"),
          row("java.net.http.HttpClient", "await(%s.sendAsync(…))", "send"),
          row("java.net.http.HttpClient", IN_THREAD, "awaitTermination", "close"),
          row("java.net.Socket", IN_THREAD, "connect", "<init>:int"),
          row("javax.net.SocketFactory", IN_THREAD, "createSocket:int"),
          row("java.nio.channels.SocketChannel", IN_THREAD, "open:SocketAddress"),
          row("javax.net.ssl.SSLSocket", IN_THREAD, "startHandshake"),
          row("java.net.ServerSocket", IN_THREAD, "accept"),
          row("java.net.DatagramSocket", IN_THREAD, "receive"),
          row("java.net.URL", IN_THREAD, "openStream", "getContent"),
          row("java.net.URLConnection", IN_THREAD, "connect", "getInputStream", "getContent"),
          row(
              "java.net.URLConnection",
              IN_THREAD,
              "getOutputStream",
              "getHeaderField",
              "getHeaderFields",
              "getContentType",
              "getContentLength",
              "getContentLengthLong"),
          row("java.net.HttpURLConnection", IN_THREAD, "getResponseCode", "getResponseMessage"),
          row("java.net.InetAddress", IN_THREAD, "getByName", "getAllByName", "isReachable"),
          row("java.net.InetAddress", IN_THREAD, "getLocalHost", "getCanonicalHostName"),
          row("java.nio.channels.FileChannel", IN_THREAD, "lock", "force"),
          row("java.lang.ref.ReferenceQueue", IN_THREAD, "remove"),
          row("java.awt.EventQueue", IN_THREAD, "invokeAndWait"),
          row("javax.swing.SwingUtilities", IN_THREAD, "invokeAndWait"),
          row("javax.naming.Context", IN_THREAD, "lookup"),
          row("javax.naming.directory.DirContext", IN_THREAD, "search", "getAttributes"),
          row("java.rmi.Naming", IN_THREAD, "lookup"),
          row("javax.imageio.ImageIO", IN_THREAD, "read", "write"),
          row("java.nio.channels.Selector", IN_THREAD, "select"),
          row("java.io.Console", IN_THREAD, "readLine", "readPassword"),
          row(
              "java.nio.file.Files",
              IN_THREAD,
              "readString",
              "readAllBytes",
              "readAllLines",
              "lines",
              "write",
              "writeString",
              "copy",
              "move",
              "walk",
              "walkFileTree",
              "mismatch",
              "find"),
          row("java.nio.file.WatchService", IN_THREAD, "take", "poll:TimeUnit"),
          row("java.sql.DriverManager", IN_THREAD, "getConnection"),
          row("javax.sql.DataSource", IN_THREAD, "getConnection"),
          row("java.sql.Connection", IN_THREAD, "commit", "rollback"),
          row(
              "java.sql.Statement",
              IN_THREAD,
              "execute",
              "executeQuery",
              "executeUpdate",
              "executeBatch",
              "executeLargeBatch",
              "executeLargeUpdate"));

  /** A call that is longer is not repeated in a message. */
  private static final int LONGEST = 40;

  private final Api api;

  BlockingCalls(Api api) {
    this.api = api;
  }

  /**
   * What to use in place of a call, if its method blocks: one of the JDK's that is known to, or one
   * that says so, by an annotation called {@code Blocking}.
   */
  Optional<String> insteadOf(Tree at, ExecutableElement method) {
    if (!(method.getEnclosingElement() instanceof TypeElement owner)) {
      return Optional.empty();
    }
    String name = method.getSimpleName().toString();
    return TABLE.stream()
        .filter(row -> row.methods().contains(name) || isOverload(row, name, method))
        .filter(row -> isMethodOf(owner, row.className()))
        .map(Row::instead)
        .findFirst()
        .or(
            () ->
                saysSo(method) || (isCall(method) && saysSo(owner))
                    ? Optional.of(IN_THREAD)
                    : Optional.empty())
        .map(instead -> instead.equals(IN_THREAD) ? inThread(at, method) : instead)
        .map(instead -> instead.formatted(receiver(at)));
  }

  private static boolean isOverload(Row row, String name, ExecutableElement method) {
    return method.getParameters().stream()
        .map(each -> each.asType().toString())
        .anyMatch(
            each -> row.methods().contains(name + ":" + each.substring(each.lastIndexOf('.') + 1)));
  }

  /** A class may say it of all its methods. */
  private static boolean saysSo(Element element) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(
            each -> each.getAnnotationType().asElement().getSimpleName().contentEquals("Blocking"));
  }

  private static boolean isCall(ExecutableElement method) {
    return method.getKind() == ElementKind.METHOD;
  }

  private static String inThread(Tree at, ExecutableElement method) {
    String call = at.toString();
    boolean isShort = at instanceof ExpressionTree && call.length() <= LONGEST && !isMany(call);
    String arguments = method.getParameters().isEmpty() ? "()" : "(…)";
    return IN_THREAD.replace(
        "%s", isShort && !(at instanceof NewClassTree) ? call.replace("%", "%%") + arguments : "…");
  }

  private static String receiver(Tree at) {
    String receiver =
        at instanceof MemberSelectTree select ? select.getExpression().toString() : "";
    return receiver.isEmpty() || receiver.length() > LONGEST || isMany(receiver) ? "…" : receiver;
  }

  private static boolean isMany(String text) {
    return text.indexOf('\n') >= 0;
  }

  /** Every class extends Object, and may well have a harmless {@code wait} of its own. */
  private boolean isMethodOf(TypeElement owner, String className) {
    return className.equals("java.lang.Object")
        ? owner.getQualifiedName().contentEquals(className)
        : api.isSubtype(owner.asType(), className);
  }

  /** {@code Thread.sleep}. */
  static String name(ExecutableElement method) {
    return method.getKind() == ElementKind.CONSTRUCTOR
        ? "new " + Api.displayName(method).replace(".<init>", "")
        : Api.displayName(method);
  }

  private static Row row(String className, String instead, String... methods) {
    return new Row(className, Set.of(methods), instead);
  }
}
