package io.fermata.internal.trace;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeClasses;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of the user's source at which tasks are made. Looking at the stack takes
 * microseconds, so it is done for the first tasks of each coroutine, and less and less often while
 * all of them were made at one line; for those in between that line is taken. Once there was
 * another line, it is done for every task of the coroutine.
 */
final class CreationSites {
  /** So many frames are fetched at a time: the user's is among the first. */
  private static final int DEPTH = 8;

  /** So many tasks of a coroutine are looked at before one is believed to be like the others. */
  private static final int FIRST = 8;

  private static final int MOST_UNSEEN = 255;
  private static final int MOST_COROUTINES = 10_000;

  private static final StackWalker STACK =
      StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE), DEPTH);

  private final IdentityHashMap<LineTable, Known> known = new IdentityHashMap<>();

  /** What was seen of the tasks of one coroutine. */
  private static final class Known {
    Site like = new Site(null, false);
    boolean several;
    int seen;

    /** How many are taken for like the others before the next is looked at. */
    int unseen;
  }

  /** A line, and whether the stack has told it. */
  record Site(@Nullable StackTraceElement line, boolean seen) {}

  /** That of a task of a coroutine, which is being made. */
  Site here(LineTable coroutine) {
    Known former = known.get(coroutine);
    if (former == null) {
      if (known.size() >= MOST_COROUTINES) {
        known.clear();
      }
      former = new Known();
      known.put(coroutine, former);
    }
    if (former.unseen > 0) {
      former.unseen--;
      return former.like;
    }
    return look(former);
  }

  private static Site look(Known former) {
    StackFrame frame = STACK.walk(CreationSites::firstOfUser);
    StackTraceElement line = frame == null ? null : line(frame);
    if (former.seen++ > 0 && !Objects.equals(line, former.like.line)) {
      former.several = true;
    }
    former.like = new Site(line, false);
    if (!former.several && former.seen >= FIRST) {
      former.unseen = Math.min(MOST_UNSEEN, former.seen);
      former.seen += former.unseen;
    }
    return new Site(line, true);
  }

  private static @Nullable StackFrame firstOfUser(Stream<StackFrame> frames) {
    Iterator<StackFrame> all = frames.iterator();
    while (all.hasNext()) {
      StackFrame frame = all.next();
      if (!RuntimeClasses.contain(frame.getDeclaringClass().getName())) {
        return frame;
      }
    }
    return null;
  }

  private static StackTraceElement line(StackFrame frame) {
    StackTraceElement raw = frame.toStackTraceElement();
    LineTable table = generated(frame);
    return table == null ? raw : table.userFrame(raw);
  }

  /** The line table of a generated class, or of the one around a class that the user declares. */
  private static @Nullable LineTable generated(StackFrame frame) {
    String name = frame.getClassName();
    ClassLoader loader = frame.getDeclaringClass().getClassLoader();
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      LineTable table = LineTable.ofGeneratedClass(name.substring(0, end), loader);
      if (table != null) {
        return table;
      }
    }
    return null;
  }
}
