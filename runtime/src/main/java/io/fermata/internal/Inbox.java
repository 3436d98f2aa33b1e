package io.fermata.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What other threads hand to the loop: a stack of nodes that any thread pushes to and the loop's
 * thread empties as a whole, which gives each sender's items in its own order.
 *
 * <p>The head also tells whether the loop sleeps, so that a sender wakes it exactly when it must:
 *
 * <pre>
 *            add                    drain
 *  EMPTY ---------&gt; node -&gt; node ---------&gt; EMPTY
 *    |  ^             ^
 *    |  | awake       | add: gives true, the sender wakes the loop
 *    v  |             |
 *   ASLEEP -----------+            close: any state -&gt; CLOSED, which stays
 * </pre>
 *
 * <p>No wake-up is lost: the loop falls asleep by a compare-and-set from EMPTY to ASLEEP, so either
 * a sender's node was there first and the loop stays awake, or the sender finds ASLEEP and wakes
 * it.
 */
public final class Inbox {
  private static final VarHandle HEAD;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(Inbox.class, "head", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final Node ASLEEP = new Node(null);
  private static final Node CLOSED = new Node(null);

  private volatile @Nullable Node head;

  /** An empty inbox. */
  public Inbox() {}

  /** What became of an item that was handed in. */
  public enum Receipt {
    /** The loop is awake and will find it. */
    TAKEN,
    /** The loop sleeps: the caller must wake it. */
    WAKE_LOOP,
    /** The loop is closed; the item was not taken. */
    CLOSED
  }

  /** Hands an item in, from any thread. */
  public Receipt add(Object item) {
    Node node = new Node(item);
    for (; ; ) {
      Node before = head;
      if (before == CLOSED) {
        return Receipt.CLOSED;
      }
      node.next = before == ASLEEP ? null : before;
      if (HEAD.compareAndSet(this, before, node)) {
        return before == ASLEEP ? Receipt.WAKE_LOOP : Receipt.TAKEN;
      }
    }
  }

  /** Whether nothing waits here. One volatile read. */
  public boolean isEmpty() {
    return head == null;
  }

  /** Moves all items to the queue, oldest first. For the loop's thread. */
  public void drainTo(ReadyQueue queue) {
    Node newest = head;
    if (newest == null || newest == CLOSED) {
      return;
    }
    move((Node) HEAD.getAndSet(this, null), queue);
  }

  private static void move(@Nullable Node newest, ReadyQueue queue) {
    Node oldest = null;
    for (Node node = newest; node != null; ) {
      Node next = node.next;
      node.next = oldest;
      oldest = node;
      node = next;
    }
    for (Node node = oldest; node != null; node = node.next) {
      if (node.item != null) {
        queue.add(node.item);
      }
    }
  }

  /** Announces that the loop's thread goes to sleep; false if something has come in. */
  public boolean fallAsleep() {
    return HEAD.compareAndSet(this, null, ASLEEP);
  }

  /** Whether the loop's thread sleeps. From any thread. */
  public boolean isAsleep() {
    return head == ASLEEP;
  }

  /** Announces that the loop's thread is awake. */
  public void awake() {
    HEAD.compareAndSet(this, ASLEEP, null);
  }

  /** Refuses all further items, and moves those that wait to the queue. For the loop's thread. */
  public void close(ReadyQueue queue) {
    Node newest = (Node) HEAD.getAndSet(this, CLOSED);
    if (newest != CLOSED) {
      move(newest, queue);
    }
  }

  private static final class Node {
    final @Nullable Object item;
    @Nullable Node next;

    Node(@Nullable Object item) {
      this.item = item;
    }
  }
}
