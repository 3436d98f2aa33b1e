package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxStressTest {
  private static final int SENDERS = 8;
  private static final int EACH = 20_000;

  private record Message(int sender, int number) {}

  @Test
  void eachSendersMessagesArriveInOrderAndNoWakeUpIsLost() throws InterruptedException {
    Inbox inbox = new Inbox();
    Thread receiver = Thread.currentThread();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      int sender = i;
      senders.add(
          new Thread(
              () -> {
                for (int number = 0; number < EACH; number++) {
                  if (inbox.add(new Message(sender, number)) == Inbox.Receipt.WAKE_LOOP) {
                    LockSupport.unpark(receiver);
                  }
                }
              }));
    }
    senders.forEach(Thread::start);
    int[] next = new int[SENDERS];
    ReadyQueue queue = new ReadyQueue();
    for (int received = 0; received < SENDERS * EACH; ) {
      if (inbox.isEmpty() && inbox.fallAsleep()) {
        LockSupport.park(this);
        inbox.awake();
      }
      inbox.drainTo(queue);
      for (; !queue.isEmpty(); received++) {
        Message message = (Message) queue.take();
        assertEquals(next[message.sender()]++, message.number());
      }
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  @Test
  void aClosedInboxGivesWhatItHasAndTakesNothing() {
    Inbox inbox = new Inbox();
    inbox.add(1);
    inbox.add(2);
    ReadyQueue queue = new ReadyQueue();
    inbox.close(queue);
    assertEquals(1, queue.take());
    assertEquals(2, queue.take());
    assertEquals(Inbox.Receipt.CLOSED, inbox.add(3));
    inbox.close(queue);
    assertEquals(0, queue.size());
  }
}
