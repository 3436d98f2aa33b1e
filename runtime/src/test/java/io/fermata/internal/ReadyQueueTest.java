package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {

  @Test
  void behavesAsADequeThroughGrowthAndWrapping() {
    Random random = new Random(1);
    ReadyQueue queue = new ReadyQueue();
    ArrayDeque<Object> model = new ArrayDeque<>();
    for (int i = 0; i < 100_000; i++) {
      if (random.nextInt(100) < (i < 50_000 ? 55 : 45) || model.isEmpty()) {
        queue.add(i);
        model.add(i);
      } else {
        assertEquals(model.remove(), queue.take());
      }
      assertEquals(model.size(), queue.size());
      assertEquals(model.isEmpty(), queue.isEmpty());
    }
    while (!model.isEmpty()) {
      assertEquals(model.remove(), queue.take());
    }
    assertTrue(queue.isEmpty());
  }

  @Test
  void takeFromAnEmptyQueueIsRefused() {
    assertThrows(NoSuchElementException.class, () -> new ReadyQueue().take());
  }
}
