package io.fermata;

import io.fermata.internal.Suppression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several failures at once, as a {@link TaskGroup} ends in. It is a {@link RuntimeException} also
 * when it holds an {@link Error}. A group may hold groups.
 *
 * <pre>{@code
 * catch (ExceptionGroup group) {
 *   for (Throwable failure : group.leaves()) {
 *     log(failure);
 *   }
 * }
 * }</pre>
 *
 * <p><b>Stack traces.</b> The first member is the cause and the others are suppressed, so that a
 * printed stack trace shows them all, whoever prints it. A trace shows 200 exceptions at most,
 * counting those of the groups in it: of what is more, or nested deeper, there are the members
 * only, and the message tells how many the trace shows.
 *
 * <p>Immutable. It is serialized with its members, which must be serializable.
 *
 * <p>asyncio: {@code BaseExceptionGroup}, whose members are not its cause.
 */
public final class ExceptionGroup extends RuntimeException {
  private static final long serialVersionUID = 2L;
  private static final int MAX_SHOWN = 200;

  private final String text;
  private final Throwable[] members;

  /** How many of the members are the cause or suppressed. */
  private final int linked;

  /** How many exceptions a printed trace shows, this one among them. */
  private final int shown;

  /**
   * A group. Its cause is the first member; see above.
   *
   * @param message what happened
   * @param exceptions at least one
   * @throws IllegalArgumentException if there is none
   */
  public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
    this(
        Objects.requireNonNull(message, "message"),
        List.copyOf(Objects.requireNonNull(exceptions, "exceptions")).toArray(new Throwable[0]));
  }

  private ExceptionGroup(String message, Throwable[] members) {
    super(message, shownFirst(members));
    this.text = message;
    this.members = members;
    int exceptionsShown = 1;
    int membersLinked = 0;
    for (Throwable member : members) {
      int more = shownBy(member);
      if (exceptionsShown + more > MAX_SHOWN) {
        break;
      }
      if (membersLinked > 0) {
        Suppression.add(this, member);
      }
      exceptionsShown += more;
      membersLinked++;
    }
    this.linked = membersLinked;
    this.shown = exceptionsShown;
  }

  private static @Nullable Throwable shownFirst(Throwable[] members) {
    if (members.length == 0) {
      throw new IllegalArgumentException("an exception group needs at least one exception");
    }
    return shownBy(members[0]) < MAX_SHOWN ? members[0] : null;
  }

  private static int shownBy(Throwable member) {
    return member instanceof ExceptionGroup group ? group.shown : 1;
  }

  /** {@return the members in order} */
  public List<Throwable> exceptions() {
    return Collections.unmodifiableList(Arrays.asList(members));
  }

  /** {@return the failures of this group and of the groups in it, in order, without the groups} */
  public List<Throwable> leaves() {
    List<Throwable> leaves = new ArrayList<>();
    Deque<Iterator<Throwable>> open = new ArrayDeque<>();
    open.push(exceptions().iterator());
    while (!open.isEmpty()) {
      Iterator<Throwable> left = open.element();
      if (!left.hasNext()) {
        open.remove();
        continue;
      }
      Throwable member = left.next();
      if (member instanceof ExceptionGroup group) {
        open.push(group.exceptions().iterator());
      } else {
        leaves.add(member);
      }
    }
    return leaves;
  }

  /**
   * {@return the part whose leaves are of this type, in the same nesting; empty if there is none}
   *
   * @param type the class asked for
   */
  public Optional<ExceptionGroup> subgroup(Class<? extends Throwable> type) {
    return part(type, true);
  }

  /**
   * {@return both parts: what is of this type, and the rest}
   *
   * @param type the class asked for
   */
  public Split split(Class<? extends Throwable> type) {
    return new Split(part(type, true), part(type, false));
  }

  /**
   * The two parts of a group.
   *
   * @param matching what is of the type asked for
   * @param rest what is not
   */
  public record Split(Optional<ExceptionGroup> matching, Optional<ExceptionGroup> rest) {}

  /** By a loop, as {@link #leaves}, since groups may be nested deep. */
  private Optional<ExceptionGroup> part(Class<? extends Throwable> type, boolean ofType) {
    Deque<Part> open = new ArrayDeque<>();
    open.push(new Part(this));
    for (; ; ) {
      Part part = open.element();
      if (part.isComplete()) {
        open.remove();
        Optional<ExceptionGroup> group = part.toGroup();
        if (open.isEmpty()) {
          return group;
        }
        open.element().take(group);
        continue;
      }
      Throwable member = part.next();
      if (member instanceof ExceptionGroup group && !type.isInstance(group)) {
        open.push(new Part(group));
      } else {
        part.take(type.isInstance(member) == ofType ? Optional.of(member) : Optional.empty());
      }
    }
  }

  /** The message, how many failures there are, and how many of them a printed trace shows. */
  @Override
  public String getMessage() {
    String count = members.length + (members.length == 1 ? " exception" : " exceptions");
    String left = linked == members.length ? "" : ", of which the stack trace shows " + linked;
    return text + " (" + count + left + ")";
  }

  /** A group whose members are gone through one by one. */
  private static final class Part {
    private final ExceptionGroup group;
    private final List<Throwable> taken = new ArrayList<>();
    private int next;

    Part(ExceptionGroup group) {
      this.group = group;
    }

    boolean isComplete() {
      return next == group.members.length;
    }

    Throwable next() {
      return group.members[next++];
    }

    void take(Optional<? extends Throwable> member) {
      member.ifPresent(taken::add);
    }

    /** The group itself, if all of it was taken. */
    Optional<ExceptionGroup> toGroup() {
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(isWhole() ? group : new ExceptionGroup(group.text, taken));
    }

    private boolean isWhole() {
      if (taken.size() != group.members.length) {
        return false;
      }
      for (int i = 0; i < group.members.length; i++) {
        if (taken.get(i) != group.members[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
