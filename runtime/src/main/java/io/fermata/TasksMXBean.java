package io.fermata;

/**
 * The tasks of a running JVM, for JMX consoles: the bean {@code io.fermata:type=Tasks}. It is
 * registered once a loop has run for two seconds and comes to rest, when {@code java -jar
 * fermata-runtime.jar ps} looks at the JVM, or at once in debug mode if its time is not virtual, so
 * that short programs and tests do not pay for JMX, and taken back when no loop runs any more.
 * Where several applications have a Fermata in a class loader of their own, each has a bean of its
 * own, which all but the first name with {@code loader=…}. A JVM without the module {@code
 * java.management} has no such bean; on the module path, {@code --add-modules java.management}
 * brings it in.
 *
 * <pre>{@code
 * TasksMXBean tasks =
 *     JMX.newMXBeanProxy(connection, new ObjectName("io.fermata:type=Tasks"), TasksMXBean.class);
 * System.out.println(tasks.printTaskTree());
 * }</pre>
 *
 * <p><b>Thread.</b> Any. Each loop is asked on its own thread, between two callbacks.
 *
 * <p>asyncio: {@code python -m asyncio ps}, {@code pstree}.
 */
public interface TasksMXBean {

  /** {@return how many loops run} */
  int getLoopCount();

  /**
   * {@return the tasks of all running loops as trees: each task with the place where it stands, and
   * below it those that it awaits} A loop whose thread is held up is told by that thread's stack.
   */
  String printTaskTree();

  /**
   * {@return the tasks of all running loops, as JSON} What the runtime's own tools print when they
   * look at another JVM:
   *
   * <pre>{@code
   * {"format":1,
   *  "loops":[{"loop":1,"name":"SelectorLoop[running]","thread":"main","heldUp":null,
   *            "tasks":[{"task":2,"name":"load","state":"suspended","waitsFor":null,
   *                      "stack":["app.Shop.load(Shop.java:12)"],"awaitedBy":[1]}],
   *            "leftOut":0,"cycles":[]}]}
   * }</pre>
   *
   * <p>A {@code state} is {@code suspended}, {@code ready} or {@code running}; a {@code stack} is
   * told innermost frame first; {@code awaitedBy} has the numbers of tasks of the same loop. Of a
   * loop whose thread is held up, {@code heldUp} is that thread's stack, and there is no task but
   * the one that runs. Of more than 20,000 tasks {@code leftOut} tells how many are not told.
   * {@code cycles} are the numbers of tasks that wait for each other, and for locks that they hold.
   * Later versions may have more fields; {@code format} changes if one of these means something
   * else.
   */
  String describeTasks();

  /**
   * Looks for some time, every 5 milliseconds or so, which tasks and lines the loops run. The
   * caller waits for as long; the loops do nothing for it but to give their stack when they are not
   * asleep.
   *
   * <pre>{@code
   * {"format":1,"millis":1000,
   *  "loops":[{"loop":1,"name":"SelectorLoop[running]","thread":"main","looks":200,"busy":0.75,
   *            "tasks":[{"task":2,"name":"load","share":0.7}],
   *            "lines":[{"line":"app.Shop.parse(Shop.java:30)","share":0.5}]}]}
   * }</pre>
   *
   * <p>A {@code share} is one of the whole time, as is {@code busy}, that in which the loop was not
   * asleep. What tasks lack to {@code busy} is the time of callbacks, and of the loop itself. A
   * line is the innermost of the user's. The 200 largest of each are told.
   *
   * @param millis how long: 1 to 60,000
   * @return the shares, as JSON
   * @throws IllegalArgumentException if the time is out of these bounds
   */
  String sampleTasks(long millis);
}
