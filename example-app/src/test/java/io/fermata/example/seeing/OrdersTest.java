package io.fermata.example.seeing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
  @TempDir Path folder;

  @Test
  void theTimelineShowsTheOrders() throws IOException {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Path page = folder.resolve("orders.html");
    Async.run(OrdersAsync.main(), RunOptions.DEFAULT.withLoopFactory(() -> loop).withTrace(page));
    assertTrue(loop.time() > 50_000_000, "that took no time");
    String text = Files.readString(page);
    for (int number = 1; number <= 8; number++) {
      assertTrue(text.contains("\"order " + number + "\""), "order " + number);
    }
    assertEquals(3, text.split("sold out", -1).length, "of price, and of its order");
    assertTrue(text.contains("\"io.fermata.example.seeing.Orders.packer\",\"Orders.java\""));
  }
}
