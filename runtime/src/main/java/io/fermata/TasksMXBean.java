package io.fermata;

/**
 * The tasks of a running JVM, for JMX consoles: the bean {@code io.fermata:type=Tasks}. It is
 * registered once a loop has run for two seconds and comes to rest, or at once in debug mode if its
 * time is not virtual, so that short programs and tests do not pay for JMX, and taken back when no
 * loop runs any more. Where several applications have a Fermata in a class loader of their own,
 * each has a bean of its own, which all but the first name with {@code loader=…}. A JVM without the
 * module {@code java.management} has no such bean; on the module path, {@code --add-modules
 * java.management} brings it in.
 *
 * <pre>{@code
 * TasksMXBean tasks =
 *     JMX.newMXBeanProxy(connection, new ObjectName("io.fermata:type=Tasks"), TasksMXBean.class);
 * System.out.println(tasks.printTaskTree());
 * }</pre>
 *
 * <p><b>Thread.</b> Any. Each loop is asked on its own thread, between two callbacks.
 *
 * <p>asyncio: {@code python -m asyncio pstree}.
 */
public interface TasksMXBean {

  /** {@return how many loops run} */
  int getLoopCount();

  /**
   * {@return the tasks of all running loops as trees: each task with the place where it stands, and
   * below it those that it awaits} A loop whose thread is held up is told by that thread's stack.
   */
  String printTaskTree();
}
