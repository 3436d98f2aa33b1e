package io.fermata.internal.reports;

import io.fermata.Async;
import io.fermata.Context;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.Generator;
import io.fermata.Handle;
import io.fermata.Runner;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.PrivateMembers;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Translates a stack to the user's frames: generated ones become those of the user's methods, and
 * the runtime's in between go. At the top one of the runtime's is left where it says what threw: a
 * coroutine of its own under the name that users call it by.
 *
 * <p>A stack trace holds the names of classes only. Where several loaders have a class of a name,
 * the frames that still stand on the stack tell which is meant; for others, it is the one that
 * {@code near}, the loader of a frame close by, gives.
 */
final class UserFrames {
  private static final String TASK = Task.class.getName();
  private static final String LOOP = EventLoop.class.getName();

  /** The classes of ours that stand between the user's frames. */
  static final Set<String> MACHINERY =
      Set.of(
          TASK,
          LOOP,
          "io.fermata.Arrivals",
          Async.class.getName(),
          Context.class.getName(),
          Continuation.class.getName(),
          Coro.class.getName(),
          "io.fermata.DebugMode",
          "io.fermata.EagerStarts",
          Generator.class.getName(),
          Handle.class.getName(),
          "io.fermata.LifeCycle",
          "io.fermata.LoopReports",
          "io.fermata.MainRun",
          "io.fermata.Notification",
          "io.fermata.Passes",
          RuntimeLines.class.getName(),
          Runner.class.getName(),
          "io.fermata.RunningCode",
          SelectorLoop.class.getName(),
          ThrowingCoro.class.getName(),
          VirtualTimeLoop.class.getName(),
          "io.fermata.WatchedChannels");

  private static final StackWalker STACK =
      StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_REFLECT_FRAMES));

  private final @Nullable ClassLoader near;

  /** The frames that still stand on the stack, innermost first, where it matters. */
  private final List<StackFrame> standing;

  private UserFrames(@Nullable ClassLoader near, List<StackFrame> standing) {
    this.near = near;
    this.standing = standing;
  }

  /** Those of a stack that does not stand any more, or stands in another thread. */
  static UserFrames near(@Nullable ClassLoader near) {
    return new UserFrames(near, List.of());
  }

  /** Those near this frame. */
  static UserFrames near(@Nullable Coro<?> frame) {
    return near(loaderOf(frame));
  }

  /** Those of a stack in part of which this thread still is. */
  static UserFrames standing(@Nullable ClassLoader near) {
    return new UserFrames(near, LineTable.haveNamesakes() ? STACK.walk(Stream::toList) : List.of());
  }

  /** Those of a stack in part of which this thread still is, near this frame. */
  static UserFrames standing(@Nullable Coro<?> frame) {
    return standing(loaderOf(frame));
  }

  private static @Nullable ClassLoader loaderOf(@Nullable Coro<?> frame) {
    return frame == null ? null : frame.getClass().getClassLoader();
  }

  /**
   * A frame as that of a suspended coroutine is told: without class loader and module, but for the
   * JDK's own. What JDK 17 says of another thread's stack has the loader's name in each frame.
   */
  static StackTraceElement plain(StackTraceElement frame) {
    return new StackTraceElement(
        null,
        isJdks(frame) ? frame.getModuleName() : null,
        null,
        frame.getClassName(),
        frame.getMethodName(),
        frame.getFileName(),
        frame.getLineNumber());
  }

  /** Whether a frame is the JDK's. */
  static boolean isJdks(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** Whether there is anything to translate. */
  boolean isRaw(StackTraceElement[] stack) {
    boolean atTop = true;
    for (int i = 0; i < stack.length; i++) {
      StackTraceElement frame = stack[i];
      if (PrivateMembers.isAccessor(frame.getClassName())) {
        return true;
      } else if (isRuntime(frame.getClassName())) {
        if (isDriver(frame) || !(atTop || frame.equals(Awaiters.LEFT_OUT))) {
          return true;
        }
      } else if (generated(stack, i) != null) {
        return true;
      } else {
        atTop = false;
      }
    }
    return false;
  }

  /** The user's frames of a whole stack. */
  List<StackTraceElement> translate(StackTraceElement[] stack) {
    return translate(stack, 0, stack.length);
  }

  /** The user's frames of a part of a stack. */
  List<StackTraceElement> translate(StackTraceElement[] stack, int from, int to) {
    List<StackTraceElement> frames = new ArrayList<>(to - from);
    boolean atTop = from == 0;
    for (int i = from; i < to; i++) {
      StackTraceElement frame = stack[i];
      String type = frame.getClassName();
      if (PrivateMembers.isAccessor(type)) {
        continue;
      }
      if (isRuntime(type)) {
        if (atTop) {
          atTop = addTop(frames, frame, generated(stack, i));
        }
        continue;
      }
      LineTable table = generated(stack, i);
      if (table == null) {
        frames.add(frame);
      } else if (!isPassage(stack, i)) {
        frames.add(table.userFrame(frame));
      }
      atTop = false;
    }
    return frames;
  }

  /** Adds one of the runtime's to those at the top; false if it is the last of them. */
  private static boolean addTop(
      List<StackTraceElement> frames, StackTraceElement frame, @Nullable LineTable generated) {
    LineTable own = RuntimeLines.find(frame.getClassName());
    LineTable table = own == null ? generated : own;
    if (table != null) {
      frames.clear();
      frames.add(table.atGeneratedLine(frame.getLineNumber()));
    } else if (!MACHINERY.contains(topLevel(frame.getClassName()))) {
      frames.add(frame);
    }
    return table == null;
  }

  /** Whether a generated frame only calls the one above it, which is the user's code. */
  private static boolean isPassage(StackTraceElement[] stack, int index) {
    String method = stack[index].getMethodName();
    return method.startsWith("access$")
        || (method.equals("resume")
            && index > 0
            && stack[index - 1].getClassName().equals(stack[index].getClassName())
            && stack[index - 1].getMethodName().startsWith(method)
            && !stack[index - 1].getMethodName().equals(method));
  }

  /** The line table of a generated class, or of the one around a class that the user declares. */
  private @Nullable LineTable generated(StackTraceElement[] stack, int index) {
    String name = stack[index].getClassName();
    ClassLoader loader = standing.isEmpty() ? near : loaderOf(stack, index);
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      LineTable table = LineTable.ofGeneratedClass(name.substring(0, end), loader);
      if (table != null) {
        return table;
      }
    }
    return null;
  }

  /** What both stacks have in common stands at their ends. */
  private @Nullable ClassLoader loaderOf(StackTraceElement[] stack, int index) {
    int same = standing.size() - (stack.length - index);
    if (same < 0) {
      return near;
    }
    StackFrame frame = standing.get(same);
    return frame.getClassName().equals(stack[index].getClassName())
            && frame.getMethodName().equals(stack[index].getMethodName())
        ? frame.getDeclaringClass().getClassLoader()
        : near;
  }

  /** The first frame of a task's driver, or -1: up to there the stack is the task's. */
  static int firstDriver(StackTraceElement[] stack) {
    for (int i = 0; i < stack.length; i++) {
      if (isDriver(stack[i])) {
        return i;
      }
    }
    return -1;
  }

  /** The last frame of a task's driver, or -1: below it stands who runs the loop. */
  static int lastDriver(StackTraceElement[] stack) {
    int last = stack.length - 1;
    while (last >= 0 && !isDriver(stack[last])) {
      last--;
    }
    return last;
  }

  /** The frame in which the loop runs, or -1. */
  static int lastOfLoop(StackTraceElement[] stack) {
    int last = stack.length - 1;
    while (last >= 0 && !isOf(stack[last], LOOP, "runForever")) {
      last--;
    }
    return last;
  }

  private static boolean isDriver(StackTraceElement frame) {
    return isOf(frame, TASK, "drive");
  }

  private static boolean isOf(StackTraceElement frame, String type, String method) {
    return frame.getMethodName().equals(method) && frame.getClassName().equals(type);
  }

  /** Whether a frame is the runtime's own. */
  static boolean isOurs(StackTraceElement frame) {
    return isRuntime(frame.getClassName());
  }

  /** Whether a coroutine is one of the runtime's own. */
  static boolean isOurs(Coro<?> coro) {
    return isRuntime(LoopAccess.get().lines(coro).className());
  }

  private static boolean isRuntime(String className) {
    return RuntimeClasses.contain(className);
  }

  private static String topLevel(String className) {
    int dollar = className.indexOf('$');
    return dollar < 0 ? className : className.substring(0, dollar);
  }
}
