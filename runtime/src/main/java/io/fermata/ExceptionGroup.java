package io.fermata;

import io.fermata.internal.Suppression;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * <p>The first of them is the cause and the others are suppressed, so that a printed stack trace
 * shows them all. Immutable.
 *
 * <p>asyncio: {@code BaseExceptionGroup}.
 */
public final class ExceptionGroup extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final transient List<Throwable> exceptions;

  /**
   * A group.
   *
   * @param message what happened
   * @param exceptions at least one
   * @throws IllegalArgumentException if there is none
   */
  public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
    super(
        Objects.requireNonNull(message, "message"),
        Objects.requireNonNull(exceptions, "exceptions").isEmpty() ? null : exceptions.get(0));
    if (exceptions.isEmpty()) {
      throw new IllegalArgumentException("an exception group needs at least one exception");
    }
    this.text = message;
    this.exceptions = List.copyOf(exceptions);
    for (Throwable other : this.exceptions.subList(1, this.exceptions.size())) {
      Suppression.add(this, other);
    }
  }

  /** {@return the members in order} */
  public List<Throwable> exceptions() {
    return exceptions;
  }

  /** {@return the failures of this group and of the groups in it, in order, without the groups} */
  public List<Throwable> leaves() {
    List<Throwable> leaves = new ArrayList<>();
    for (Throwable member : exceptions) {
      if (member instanceof ExceptionGroup group) {
        leaves.addAll(group.leaves());
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

  private Optional<ExceptionGroup> part(Class<? extends Throwable> type, boolean ofType) {
    List<Throwable> members = new ArrayList<>();
    for (Throwable member : exceptions) {
      if (member instanceof ExceptionGroup group && !type.isInstance(group)) {
        group.part(type, ofType).ifPresent(members::add);
      } else if (type.isInstance(member) == ofType) {
        members.add(member);
      }
    }
    if (isSame(members)) {
      return Optional.of(this);
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(new ExceptionGroup(text, members));
  }

  /** By identity: what a user's equals does has no place here. */
  private boolean isSame(List<Throwable> members) {
    boolean same = members.size() == exceptions.size();
    for (int i = 0; same && i < members.size(); i++) {
      same = members.get(i) == exceptions.get(i);
    }
    return same;
  }

  /** The message, and how many failures there are. */
  @Override
  public String getMessage() {
    int count = exceptions.size();
    return text + " (" + count + (count == 1 ? " exception)" : " exceptions)");
  }
}
