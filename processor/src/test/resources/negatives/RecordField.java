package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

record RecordField(int plain, int same, int other, String locked) {
  @Override
  public int same() {
    return this.same;
  }

  public int other() {
    return other + 1;
  }

  public synchronized String locked() {
    return locked;
  }

  static class Base {
    // ERROR fermata:private-access
    private int hidden;
    int open;
  }

  static class Derived extends Base {
    @Coroutine
    int sum() {
      await(sleep(Duration.ZERO));
      // USES Base.hidden by RecordField.Derived.sum
      return super.open + super.hidden;
    }
  }

  // ERROR fermata:private-access
  private static class Secret {
    int open;
  }

  static class Hiding extends Secret {
    @Coroutine
    int open() {
      await(sleep(Duration.ZERO));
      // USES RecordField.Secret by RecordField.Hiding.open
      return super.open;
    }
  }

  private static class Unreachable {
    @Coroutine
    static void withoutInitializer() {
      await(sleep(Duration.ZERO));
    }
  }

  // ERROR fermata:private-access
  private static class Initialized {
    static {
      System.out.println("initialized");
    }

    @Coroutine
    // USES RecordField.Initialized by RecordField.Initialized.one
    static void one() {
      await(sleep(Duration.ZERO));
    }

    @Coroutine
    // USES RecordField.Initialized by RecordField.Initialized.two
    static void two() {
      await(sleep(Duration.ZERO));
    }
  }

  @Coroutine
  int sum(RecordField that) {
    await(sleep(Duration.ZERO));
    // ERROR fermata:private-access at other
    int mine = plain + same + other;
    // ERROR fermata:private-access at that.other
    int its = that.plain + that.same + that.other;
    await(
        async(
            () -> {
              // ERROR fermata:private-access at this.locked
              System.out.println(this.plain + this.locked + other() + locked());
            }));
    return mine + its;
  }
}
