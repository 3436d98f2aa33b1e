package io.fermata.queue;

import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.LoopTests;
import io.fermata.Promise;
import io.fermata.Task;
import org.junit.jupiter.api.Test;

class WaitingLineTest extends LoopTests {
  private final WaitingLine line = new WaitingLine();
  private final Task<Void> task = loop.createTask(sleep(ms(1)));

  @Test
  void onlyAsManyAreWokenAsThereArePlaces() {
    Promise<Boolean> first = line.join(task, line.drawNumber());
    Promise<Boolean> second = line.join(task, line.drawNumber());
    Promise<Boolean> third = line.join(task, line.drawNumber());
    line.wakeUpTo(0);
    assertFalse(first.isDone());
    line.wakeUpTo(2);
    assertTrue(first.isDone() && second.isDone());
    assertFalse(third.isDone());
    line.wakeUpTo(2);
    assertFalse(third.isDone(), "two are on their way to two places");
    line.leave(1, first);
    line.wakeUpTo(2);
    assertTrue(third.isDone());
  }

  @Test
  void whoWaitsAgainStandsWhereItStood() {
    long number = line.drawNumber();
    Promise<Boolean> first = line.join(task, number);
    Promise<Boolean> second = line.join(task, line.drawNumber());
    line.wakeUpTo(1);
    line.leave(number, first);
    Promise<Boolean> firstAgain = line.join(task, number);
    line.wakeUpTo(1);
    assertTrue(firstAgain.isDone());
    assertFalse(second.isDone());
  }

  @Test
  void whoIsCancelledIsNotWokenAndDoesNotCount() {
    Promise<Boolean> cancelled = line.join(task, line.drawNumber());
    Promise<Boolean> second = line.join(task, line.drawNumber());
    cancelled.cancel();
    line.wakeUpTo(1);
    assertTrue(second.isDone());
    line.leave(1, cancelled);
    assertEquals(1, line.size());
    assertFalse(line.isEmpty());
    line.leave(2, second);
    assertTrue(line.isEmpty());
    assertEquals(0, line.size());
  }

  @Test
  void aLineOfCancelledTasksIsEmpty() {
    line.join(task, line.drawNumber()).cancel();
    assertEquals(1, line.size());
    assertTrue(line.isEmpty());
  }
}
