package goldens;

import static io.fermata.Async.await;

import io.fermata.Coro;
import io.fermata.Coroutine;

/** try, catch and finally, left by return. */
final class Cleanup {

  interface Connection {
    Coro<String> query(String sql);

    Coro<Void> close();
  }

  @Coroutine
  static String read(Connection connection, String sql) {
    try {
      return await(connection.query(sql));
    } catch (IllegalStateException e) {
      System.err.println(e);
      return "none";
    } finally {
      await(connection.close());
    }
  }

  @Coroutine
  static int length(Connection connection) {
    int length = 0;
    try {
      length = await(connection.query("a")).length();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e);
    }
    return length;
  }
}
