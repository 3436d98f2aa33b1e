package io.fermata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a group that have not left it, in order of creation. The links stand in the members
 * themselves: an identity hash for a set costs more than the rest of a short task's life.
 */
final class Members {
  private @Nullable Member first;
  private @Nullable Member last;
  private int size;

  void add(Member member, Task<?> task) {
    member.join(task);
    Member before = last;
    member.previous = before;
    if (before == null) {
      first = member;
    } else {
      before.next = member;
    }
    last = member;
    size++;
  }

  void remove(Member member) {
    Member before = member.previous;
    Member after = member.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    member.previous = null;
    member.next = null;
    size--;
  }

  boolean isEmpty() {
    return first == null;
  }

  int size() {
    return size;
  }

  /** A copy, for what may change the list. */
  List<Member> toList() {
    List<Member> members = new ArrayList<>(size);
    for (Member member = first; member != null; member = member.next) {
      members.add(member);
    }
    return members;
  }
}
