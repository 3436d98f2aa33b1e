package io.fermata.internal.outside;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the command line asks for.
 *
 * @param tool which tool
 * @param pid the JVM; none to list those that have loops
 * @param json whether the output is for programs
 * @param interval how long {@code top} looks each time
 * @param count how often it does; {@link Long#MAX_VALUE} if nobody said
 */
record Command(Tool tool, OptionalLong pid, boolean json, Duration interval, long count) {

  static final String USAGE =
      """
      Looks at the tasks of a JVM that runs, started with or without options.

        java -jar fermata-runtime.jar ps [<pid>]      its tasks, one in a line
        java -jar fermata-runtime.jar pstree [<pid>]  each task below the one that awaits it
        java -jar fermata-runtime.jar top [<pid>]     what takes the loops' time, again and again

      Without a pid: the JVMs of this user in which loops have run.

        --json            for programs: one document, of top one in each line
        --interval <s>    top: seconds that each look takes, 0.1 to 60; 1 if missing
        --count <n>       top: ends after so many looks
        --help            this text

      Exit code: 0 if it was done, also if no loop runs, or if the JVM has ended under top;
      1 if it could not be done; 2 if the command line is wrong.
      """;

  /** The tools by the names that users call them by. */
  enum Tool {
    HELP,
    PS,
    PSTREE,
    TOP
  }

  /** The command line is wrong. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String sentence) {
      super(sentence, null, false, false);
    }
  }

  static Command parse(String... arguments) throws Wrong {
    if (arguments.length == 0) {
      throw new Wrong("no command: say ps, pstree or top.");
    }
    if (Arrays.asList(arguments).contains("--help")) {
      return new Command(Tool.HELP, OptionalLong.empty(), false, Duration.ZERO, 0);
    }
    Tool tool = tool(arguments[0]);
    OptionalLong pid = OptionalLong.empty();
    boolean json = false;
    Duration interval = Duration.ofSeconds(1);
    long count = Long.MAX_VALUE;
    Iterator<String> rest = Arrays.asList(arguments).listIterator(1);
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--json")) {
        json = true;
      } else if (tool == Tool.TOP && argument.equals("--interval")) {
        interval = seconds(valueOf(argument, rest));
      } else if (tool == Tool.TOP && argument.equals("--count")) {
        count = number(argument, valueOf(argument, rest));
      } else if (argument.startsWith("-")) {
        throw new Wrong(arguments[0] + " has no option " + argument + ".");
      } else if (pid.isPresent()) {
        throw new Wrong("one pid at a time, and not " + argument + " too.");
      } else {
        pid = OptionalLong.of(number("the pid", argument));
      }
    }
    return new Command(tool, pid, json, interval, count);
  }

  private static Tool tool(String name) throws Wrong {
    return switch (name) {
      case "ps" -> Tool.PS;
      case "pstree" -> Tool.PSTREE;
      case "top" -> Tool.TOP;
      case "help" -> Tool.HELP;
      default -> throw new Wrong("no command is called " + name + ": say ps, pstree or top.");
    };
  }

  private static String valueOf(String option, Iterator<String> rest) throws Wrong {
    if (!rest.hasNext()) {
      throw new Wrong(option + " needs a value.");
    }
    return rest.next();
  }

  private static long number(String what, String text) throws Wrong {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw new Wrong(what + " is a number from 1 on, not " + text + ".");
    }
    return Long.parseLong(text);
  }

  private static Duration seconds(String text) throws Wrong {
    if (text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?")) {
      Duration interval = Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
      if (interval.toMillis() >= 100 && interval.toSeconds() <= 60) {
        return interval;
      }
    }
    throw new Wrong("--interval takes seconds, 0.1 to 60, not " + text + ".");
  }

  /** Its name on the command line. */
  String name() {
    return tool.name().toLowerCase(Locale.ROOT);
  }
}
