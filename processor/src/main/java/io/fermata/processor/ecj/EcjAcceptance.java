package io.fermata.processor.ecj;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the one who takes ECJ's results, file by file, when a file is done. Processors are
 * called before ECJ looks at bodies, and only then is it known whether it sees what javac sees.
 */
final class EcjAcceptance implements InvocationHandler {

  private static final String REQUESTOR = "org.eclipse.jdt.internal.compiler.ICompilerRequestor";
  private static final String PROBLEM = "AptProblem";

  private final Object taker;

  /** By the results of files. */
  private final Map<Object, Runnable> actions = new HashMap<>();

  private EcjAcceptance(Object taker) {
    this.taker = taker;
  }

  /** The one of a compile, which is made when it is needed. */
  static EcjAcceptance of(EcjEnvironment ecj) {
    EcjObject compiler = ecj.ecj().call("getCompiler");
    Object taker = compiler.field("requestor").target();
    if (Proxy.isProxyClass(taker.getClass())
        && Proxy.getInvocationHandler(taker) instanceof EcjAcceptance made) {
      return made;
    }
    EcjAcceptance made = new EcjAcceptance(taker);
    Class<?> type = ecj.type(REQUESTOR);
    compiler.set(
        "requestor", Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, made));
    return made;
  }

  /** What to do when ECJ is done with a file and finds nothing wrong. */
  void ifSound(EcjUnit unit, Runnable action) {
    actions.putIfAbsent(unit.result().target(), action);
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("acceptResult") && arguments != null && arguments.length == 1) {
      look(arguments[0]);
    }
    try {
      return method.invoke(taker, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void look(@Nullable Object accepted) {
    Runnable action = actions.remove(accepted);
    if (accepted != null && action != null && !hasErrors(new EcjObject(accepted))) {
      action.run();
    }
  }

  /** Errors of ECJ's own: what processors say is there already. */
  private static boolean hasErrors(EcjObject result) {
    return result.result("getErrors") instanceof Object[] errors
        && Arrays.stream(errors).anyMatch(each -> !each.getClass().getSimpleName().equals(PROBLEM));
  }
}
