package io.fermata.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** The work of a row as one peer does it: a public method of the row's class. */
final class Work {
  private final Object benchmark;
  private final Method method;
  private final Object[] arguments;

  private Work(Class<?> benchmark, Method method) throws ReflectiveOperationException {
    this.benchmark = benchmark.getConstructor().newInstance();
    this.method = method;
    arguments =
        method.getParameterCount() == 0 ? new Object[0] : new Object[] {new VirtualThreadState()};
  }

  static boolean exists(Class<?> benchmark, Peer peer) {
    return method(benchmark, peer).isPresent();
  }

  static Work of(Class<?> benchmark, Peer peer) throws ReflectiveOperationException {
    return new Work(benchmark, method(benchmark, peer).orElseThrow());
  }

  private static Optional<Method> method(Class<?> benchmark, Peer peer) {
    return Arrays.stream(benchmark.getMethods())
        .filter(method -> method.getName().equals(peer.method()))
        .findAny();
  }

  /** How many operations a performance is. */
  int operations() {
    OperationsPerInvocation operations = method.getAnnotation(OperationsPerInvocation.class);
    return operations == null ? 1 : operations.value();
  }

  /** Does it once; gives its result, in digits. */
  String perform() throws ReflectiveOperationException {
    try {
      return String.valueOf(method.invoke(benchmark, arguments));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(method + " has failed.", e.getCause());
    }
  }
}
