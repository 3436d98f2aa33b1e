package goldens;

import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class CleanupAsync {
  private CleanupAsync() {
  }

  static Coro<String> read(Cleanup.Connection connection, String sql) {
    return new Read(connection, sql);
  }

  static Coro<Integer> length(Cleanup.Connection connection) {
    return new Length(connection);
  }

  @Generated
  private static final class Read extends Continuation<String, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Cleanup", "read", "Cleanup.java",
            "-2:20 connection,3:25",
            "58:20,71:22,72:23,76:25");

    private Cleanup.Connection connection;
    private String sql;
    private Throwable thrown$1;
    private String value$1;

    Read(Cleanup.Connection connection, String sql) {
      this.connection = connection;
      this.sql = sql;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Cleanup.Connection connection = this.connection;
      IllegalStateException e = null;
      Throwable thrown$1 = this.thrown$1;
      String value$1 = this.value$1;
      int state = this.state;
      int region = 0;
      for (; ; ) {
        try {
          switch (state) {
            case START:
              region = 1;
              // Cleanup.java:20  await(connection.query(sql))
              sent = await(task, connection.query(this.sql), depth);
              if (sent == SUSPENDED) {
                this.sql = null;
                this.state = -2;
                return SUSPENDED;
              }
            case -2:
              region = 1;
              value$1 = (String) received(sent);
              state = 5;
              continue;
            case 4:
              region = 2;
              System.err.println(e);
              value$1 = "none";
            case 5:
              region = 0;
              // Cleanup.java:25  await(connection.close())
              sent = await(task, connection.close(), depth);
              if (sent == SUSPENDED) {
                this.thrown$1 = thrown$1;
                this.value$1 = value$1;
                this.connection = null;
                this.sql = null;
                this.state = 3;
                return SUSPENDED;
              }
            case 3:
              if (thrown$1 != null) {
                throw thrown$1;
              }
              return ended(value$1);
            default:
              throw new AssertionError(state);
          }
        } catch (Throwable caught) {
          switch (region) {
            case 1:
              if (caught instanceof IllegalStateException) {
                e = (IllegalStateException) told(caught);
                state = 4;
                continue;
              }
              thrown$1 = told(caught);
              state = 5;
              continue;
            case 2:
              thrown$1 = told(caught);
              state = 5;
              continue;
            default:
              throw caught;
          }
        }
      }
    }

    @Override
    protected void clear() {
      this.connection = null;
      this.sql = null;
      this.thrown$1 = null;
      this.value$1 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class Length extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Cleanup", "length", "Cleanup.java",
            "-2:33 length",
            "153:31,156:33,172:35,174:37");

    private Cleanup.Connection connection;
    private int length;

    Length(Cleanup.Connection connection) {
      this.connection = connection;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      int length = this.length;
      RuntimeException e = null;
      int state = this.state;
      int region = 0;
      for (; ; ) {
        try {
          switch (state) {
            case START:
              length = 0;
              region = 1;
              // Cleanup.java:33  await(connection.query("a"))
              sent = await(task, this.connection.query("a"), depth);
              if (sent == SUSPENDED) {
                this.length = length;
                this.connection = null;
                this.state = -2;
                return SUSPENDED;
              }
            case -2: {
              region = 1;
              String t$1 = (String) received(sent);
              length = t$1.length();
              state = 4;
              continue;
            }
            case 3:
              region = 0;
              System.err.println(e);
            case 4:
              return ended(length);
            default:
              throw new AssertionError(state);
          }
        } catch (Throwable caught) {
          if (region == 1) {
            if (caught instanceof IllegalArgumentException || caught instanceof IllegalStateException) {
              e = (RuntimeException) told(caught);
              state = 3;
              continue;
            }
          }
          throw caught;
        }
      }
    }

    @Override
    protected void clear() {
      this.connection = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
