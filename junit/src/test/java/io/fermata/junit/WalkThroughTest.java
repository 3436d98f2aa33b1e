package io.fermata.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page about testing says of its programs. */
class WalkThroughTest {

  private static Launched sales(int number) throws ClassNotFoundException {
    return Launched.of(Class.forName("shop.Sales" + number));
  }

  /** The failures, with the names of the classes that the page has. */
  private static Map<String, String> failures(Launched launched) {
    return launched.failures().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each -> each.getValue().getMessage().replaceAll("BoxOffice\\d", "BoxOffice")));
  }

  @Test
  void thePageTellsWhatIsFound() throws IOException, ClassNotFoundException {
    Map<String, String> first = failures(sales(1));
    assertEquals(
        List.of("theLastSeatIsSoldOnceInAllOrders()", "theLastSeatIsSoldOnceInManyOrders()"),
        first.keySet().stream().sorted().toList());
    Map<String, String> second = failures(sales(2));
    assertEquals(List.of("noSeatIsLost()"), List.copyOf(second.keySet()));
    Launched third = sales(3);
    assertEquals(Map.of(), third.failures());
    String page = Files.readString(Path.of("..", "docs", "testing.md"));
    for (String each :
        List.of(
            first.get("theLastSeatIsSoldOnceInManyOrders()"),
            second.get("noSeatIsLost()"),
            "orders = " + third.reported("orders").get(1),
            third.reported("resume points").get(0).replace("BoxOffice3", "BoxOffice"))) {
      assertTrue(page.contains(each), each);
    }
  }
}
