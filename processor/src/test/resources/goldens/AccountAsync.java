package goldens;

import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.PrivateMembers;
import io.fermata.queue.AsyncQueue;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.LongConsumer;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class AccountAsync {
  private AccountAsync() {
  }

  static <K extends Comparable<K>> ThrowingCoro<Account<K>, IOException> receive(Account<K> self,
      Account<K> other) {
    return new Receive<K>(Objects.requireNonNull(self, "self"), other);
  }

  @Generated
  private static final class Receive<K extends Comparable<K>> extends Continuation<Account<K>, IOException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Account", "receive", "Account.java",
            "2:34 other",
            "54:33,55:34,66:35,67:36,68:37,69:38,70:39");

    private Account<K> self;
    private Account<K> other;
    private PrivateMembers.Old<Long> t$1;

    Receive(Account<K> self, Account<K> other) {
      this.self = self;
      this.other = other;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Account<K> self = this.self;
      Account<K> other = this.other;
      PrivateMembers.Old<Long> t$1 = this.t$1;
      switch (this.state) {
        case START:
          PrivateFields.opened$plus(1);
          t$1 = PrivateFields.balance$now(self);
          // Account.java:34  await(payments.get())
          sent = await(task, PrivateFields.payments(self).get(), depth);
          if (sent == SUSPENDED) {
            this.t$1 = t$1;
            this.state = 2;
            return SUSPENDED;
          }
        case 2: {
          Long t$2 = (Long) sent;
          PrivateFields.balance$plus(t$1, t$2);
          PrivateFields.balance$minus(self, 1);
          PrivateMethods.book(self, "%s is overdrawn", PrivateFields.key(self));
          LongConsumer booking = PrivateMembers.bind(other, r$ -> (LongConsumer) (a$1) -> PrivateMethods.add(r$, a$1));
          booking.accept(PrivateFields.balance(self));
          return ended(PrivateConstructors.Account(PrivateFields.key(other)));
        }
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected void clear() {
      this.self = null;
      this.other = null;
      this.t$1 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class PrivateFields {
    private static final VarHandle openedHandle =
        PrivateMembers.staticField(Account.LOOKUP, Account.class, "opened", int.class);

    private static final VarHandle paymentsHandle =
        PrivateMembers.field(Account.LOOKUP, Account.class, "payments", AsyncQueue.class);

    private static final VarHandle balanceHandle =
        PrivateMembers.field(Account.LOOKUP, Account.class, "balance", long.class);

    private static final VarHandle keyHandle =
        PrivateMembers.field(Account.LOOKUP, Account.class, "key", Comparable.class);

    static int opened() {
      return (int) openedHandle.getVolatile();
    }

    static int opened(int value) {
      openedHandle.setVolatile(value);
      return value;
    }

    static int opened$plus(int a$1) {
      return opened((int) (opened() + a$1));
    }

    static <K extends Comparable<K>> AsyncQueue<Long> payments(Account<K> self) {
      return (AsyncQueue<Long>) paymentsHandle.get(self);
    }

    static <K extends Comparable<K>> long balance(Account<K> self, long value) {
      balanceHandle.set(self, value);
      return value;
    }

    static <K extends Comparable<K>> long balance$plus(PrivateMembers.Old<Long> old, Long value) {
      return balance((Account<K>) old.self(), (long) (old.value() + value));
    }

    static <K extends Comparable<K>> long balance(Account<K> self) {
      return (long) balanceHandle.get(self);
    }

    static <K extends Comparable<K>> PrivateMembers.Old<Long> balance$now(Account<K> self) {
      return new PrivateMembers.Old<Long>(self, (long) balance(self));
    }

    static <K extends Comparable<K>> long balance$minus(Account<K> self, int a$1) {
      return balance(self, (long) (balance(self) - a$1));
    }

    static <K extends Comparable<K>> K key(Account<K> self) {
      return (K) keyHandle.get(self);
    }
  }

  @Generated
  private static final class PrivateMethods {
    private static final MethodHandle bookHandle =
        PrivateMembers.method(Account.LOOKUP, Account.class, "book", void.class, String.class, Object[].class);

    private static final MethodHandle addHandle =
        PrivateMembers.method(Account.LOOKUP, Account.class, "add", void.class, long.class);

    static <K extends Comparable<K>> void book(Account<K> self, String a$1, Object... a$2) throws
        IOException {
      try {
        bookHandle.invokeExact(self, a$1, a$2);
      } catch (Throwable e) {
        throw PrivateMembers.rethrow(e);
      }
    }

    static <K extends Comparable<K>> void add(Account<K> self, long a$1) {
      try {
        addHandle.invokeExact(self, a$1);
      } catch (Throwable e) {
        throw PrivateMembers.rethrow(e);
      }
    }
  }

  @Generated
  private static final class PrivateConstructors {
    private static final MethodHandle AccountHandle =
        PrivateMembers.constructor(Account.LOOKUP, Account.class, Comparable.class);

    static <K extends Comparable<K>> Account<K> Account(K a$1) {
      try {
        return (Account<K>) AccountHandle.invokeExact(a$1);
      } catch (Throwable e) {
        throw PrivateMembers.rethrow(e);
      }
    }
  }
}
