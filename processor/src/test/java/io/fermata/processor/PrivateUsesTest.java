package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is private is told once for a whole compile; NegativeTest knows what counts as a use. */
class PrivateUsesTest {

  private static final String STANDS =
      " is private, and the generated coroutines that use it stand" + " in other classes: ";

  @TempDir Path folder;

  @Test
  void all_coroutines_of_all_classes_that_reach_it_are_named_in_one_error() {
    String source =
        """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.*;
        import java.time.Duration;
        class Shop {
          private int stock;
          private static int sold, returned;
          @Coroutine void sell() { await(sleep(Duration.ZERO)); stock--; sold++; }
          @Coroutine static void restock(Shop shop) {
            await(async(() -> shop.stock++));
            shop.stock = shop.stock + returned;
            Runnable plain = () -> await(sleep(Duration.ZERO));
          }
          static class Clerk {
            private Clerk() {}
            @Coroutine static int count(Shop shop) { return shop.stock + new Clerk().hashCode(); }
          }
          int plain() { return stock; }
        }
        """;
    assertEquals(
        List.of(
            "Shop.java:6 [fermata:private-access] 'Shop.stock'"
                + STANDS
                + "Shop.sell (line 8), Shop.restock (lines 10, 11), Shop.Clerk.count (line 16).",
            "Shop.java:7 [fermata:private-access] 'Shop.sold'" + STANDS + "Shop.sell (line 8).",
            "Shop.java:7 [fermata:private-access] 'Shop.returned'"
                + STANDS
                + "Shop.restock (line 11).",
            "Shop.java:12 [fermata:await-outside] 'await' stands in a lambda, which runs outside"
                + " the coroutine.",
            "Shop.java:15 [fermata:private-access] 'new Clerk'"
                + STANDS
                + "Shop.Clerk.count (line 16)."),
        errors(new Javac(folder).source("app/Shop.java", source)));
  }

  @Test
  void what_another_file_declares_is_told_there_and_what_none_does_at_the_use() {
    String declaring =
        """
        package app;
        public class Other {
          private static class Hidden {}
          public static Hidden hidden() { return new Hidden(); }
        }
        """;
    String using =
        """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.*;
        class User {
          static int both(Object first, int second) { return second; }
          @Coroutine static int use(Awaitable<Integer> n) { return both(Other.hidden(), await(n)); }
          @Coroutine static int again(Awaitable<Integer> n) { return both(Other.hidden(), await(n)); }
        }
        """;
    assertEquals(
        List.of(
            "Other.java:3 [fermata:private-access] 'Other.Hidden'"
                + STANDS
                + "User.use (line 6), User.again (line 7)."),
        errors(
            new Javac(folder.resolve("sources"))
                .source("app/Other.java", declaring)
                .source("app/User.java", using)));

    Path library = folder.resolve("library");
    new Javac(library).source("app/Other.java", declaring).options("-proc:none").compile();
    String use =
        " [fermata:private-access] 'Other.Hidden' is private, and the generated coroutine stands"
            + " in another class.";
    assertEquals(
        List.of("User.java:6" + use, "User.java:7" + use),
        errors(
            new Javac(folder.resolve("using"))
                .source("app/User.java", using)
                .classPath(library.resolve("classes"))));
  }

  private static List<String> errors(Javac javac) {
    return javac.withRuntime().processors(new CoroutineProcessor()).compile().messages(Kind.ERROR);
  }
}
