package io.fermata;

import io.fermata.internal.reports.ThrowableAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plain generators that give each other's elements, through {@link Yielder#yieldAll}: the innermost
 * is run, by a loop, since they may be nested a million deep.
 *
 * <pre>
 *  root --yieldAll--&gt; generator --yieldAll--&gt; ... innermost --yieldAll--&gt; another iterator
 *    ^                                            |                            |
 *    +---------------- element -------------------+----------------------------+
 * </pre>
 *
 * <p>What one throws is thrown in the one before it, at its {@code yieldAll}. Each generator knows
 * its own source, so that one which is held elsewhere too may be gone on with by anybody.
 */
final class SourceStack {
  /** So many of those that wait for the innermost are told in a stack trace. */
  private static final int MAX_TOLD = 200;

  private final Generator<?> root;

  /** From the root to the innermost that was seen last. */
  private final List<Generator<?>> path = new ArrayList<>();

  /** Of the generators entered since a body ran, one to be met again if they run in a circle. */
  private @Nullable Generator<?> mark;

  private int untilNextMark;
  private int entered;

  SourceStack(Generator<?> root) {
    this.root = root;
    path.add(root);
  }

  /**
   * Runs to the next element, which is then the root's.
   *
   * @param exit ends the root and, before it, the sources that are its own; null to go on
   * @return false if the root has ended
   */
  boolean advance(@Nullable GeneratorExit exit) {
    if (exit == null) {
      forgetWhatOthersEnded();
    } else {
      findOwn();
    }
    return run(exit);
  }

  private boolean run(@Nullable GeneratorExit exit) {
    Throwable sent = exit;
    Throwable told = null;
    for (; ; ) {
      Generator<?> at = innermost();
      try {
        Iterator<?> source = sent == null ? at.source() : null;
        if (source != null) {
          if (takesElement(at, source)) {
            return true;
          }
          continue;
        }
        mark = null;
        at.dropSource();
        Generator.Step step = at.resume(sent);
        sent = exit;
        if (at == root && (step == Generator.Step.ELEMENT || exit != null)) {
          return step != Generator.Step.END;
        }
        if (step == Generator.Step.END) {
          if (at == root) {
            return false;
          }
          leave();
        } else if (exit != null) {
          leave();
          sent = at.yieldsWhenClosed();
          if (step == Generator.Step.SOURCE) {
            at.suspend();
          }
        } else if (step == Generator.Step.ELEMENT) {
          root.putAhead(at.takeElement());
          return true;
        } else if (at != root) {
          at.suspend();
        }
      } catch (Throwable t) {
        boolean ended = at.state() == Generator.ENDED;
        if (ended && at == root) {
          throw t;
        }
        if (ended) {
          leave();
        } else {
          at.dropSource();
        }
        if (t != told) {
          tellWhoWaits(t);
          told = t;
        }
        sent = t;
      }
    }
  }

  /**
   * Whether the source of {@code at} has an element; if not, the innermost has changed, or goes on.
   */
  private boolean takesElement(Generator<?> at, Iterator<?> source) {
    if (!(source instanceof Generator<?> generator)) {
      if (source.hasNext()) {
        root.putAhead(source.next());
        return true;
      }
      at.dropSource();
      return false;
    }
    switch (generator.state()) {
      case Generator.RUNNING -> throw generator.runsAlready();
      case Generator.AHEAD, Generator.SOURCE_AHEAD -> {
        root.putAhead(generator.takeElement());
        return true;
      }
      case Generator.ENDED -> at.dropSource();
      default -> enter(generator);
    }
    return false;
  }

  /** Goes down to a source, unless it is on the way already (Brent's algorithm). */
  private void enter(Generator<?> source) {
    if (mark == null) {
      untilNextMark = 1;
      entered = 0;
    }
    if (source == mark) {
      throw source.runsAlready();
    }
    if (mark == null || ++entered == untilNextMark) {
      mark = source;
      untilNextMark *= 2;
      entered = 0;
    }
    path.add(source);
  }

  private Generator<?> innermost() {
    return path.get(path.size() - 1);
  }

  private void leave() {
    path.remove(path.size() - 1);
    innermost().dropSource();
  }

  /** Somebody else may have gone on with a source that he holds. */
  private void forgetWhatOthersEnded() {
    while (path.size() > 1 && path.get(path.size() - 2).source() != innermost()) {
      path.remove(path.size() - 1);
    }
  }

  private void findOwn() {
    path.subList(1, path.size()).clear();
    while (innermost().ownsSource()
        && innermost().source() instanceof Generator<?> own
        && own.state() != Generator.ENDED) {
      path.add(own);
    }
  }

  /** Where those stand that wait for what has thrown, as frames behind its own. */
  private void tellWhoWaits(Throwable thrown) {
    StackTraceElement[] raw = ThrowableAccess.traceOf(thrown);
    int ours = 0;
    while (ours < raw.length && !raw[ours].getClassName().equals(SourceStack.class.getName())) {
      ours++;
    }
    if (ours == raw.length) {
      return;
    }
    List<StackTraceElement> frames = new ArrayList<>(Arrays.asList(raw).subList(0, ours));
    for (int i = path.size() - 1; i >= Math.max(0, path.size() - MAX_TOLD); i--) {
      frames.add(path.get(i).place());
    }
    frames.addAll(Arrays.asList(raw).subList(ours, raw.length));
    ThrowableAccess.setTrace(thrown, frames.toArray(new StackTraceElement[0]));
  }
}
