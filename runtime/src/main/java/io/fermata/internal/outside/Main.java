package io.fermata.internal.outside;

import java.io.PrintStream;
import java.util.List;

/** {@code java -jar fermata-runtime.jar}: runs the tool that its arguments name. */
public final class Main {
  private static final List<String> MODULES =
      List.of("java.management", "java.management.rmi", "jdk.attach");

  private Main() {}

  /** See {@link Command#USAGE}. */
  public static void main(String[] arguments) {
    // A JVM that was stopped answers nothing; no answer takes longer than the longest interval.
    System.setProperty("sun.rmi.transport.tcp.responseTimeout", "120000");
    // Of two consoles of the JDK the one that is there for terminals only.
    System.setProperty("jdk.console", "java.base");
    System.exit(run(arguments, System.out, System.err));
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      Command command = Command.parse(arguments);
      if (command.tool() == Command.Tool.HELP) {
        out.print(Command.USAGE);
        return 0;
      }
      checkModules();
      new Tools(command, out, err).run();
      return 0;
    } catch (Command.Wrong e) {
      err.println("fermata: " + e.getMessage());
      err.println("Say --help for what there is.");
      return 2;
    } catch (Refusal e) {
      err.println("fermata: " + e.sentence());
      return 1;
    } finally {
      out.flush();
    }
  }

  private static void checkModules() throws Refusal {
    for (String module : MODULES) {
      if (ModuleLayer.boot().findModule(module).isEmpty()) {
        throw new Refusal(
            "this Java runs without the module "
                + module
                + ": run the tool by -jar, on a JDK, or add --add-modules "
                + String.join(",", MODULES)
                + ".");
      }
    }
  }
}
