package io.fermata.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** The work of a row as one peer does it: a public method of the row's class or of Kotlin's. */
final class Work {
  private final Object benchmark;
  private final Method method;
  private final int operations;
  private final Object[] arguments;

  private Work(Method method, int operations) throws ReflectiveOperationException {
    this.benchmark = method.getDeclaringClass().getConstructor().newInstance();
    this.method = method;
    this.operations = operations;
    arguments =
        method.getParameterCount() == 0 ? new Object[0] : new Object[] {new VirtualThreadState()};
  }

  static boolean exists(Class<?> benchmark, Peer peer) {
    return method(benchmark, peer).isPresent();
  }

  static Work of(Class<?> benchmark, Peer peer) throws ReflectiveOperationException {
    return new Work(method(benchmark, peer).orElseThrow(), operations(benchmark));
  }

  private static Optional<Method> method(Class<?> benchmark, Peer peer) {
    return peer.classFor(benchmark).stream()
        .flatMap(owner -> Arrays.stream(owner.getMethods()))
        .filter(method -> method.getName().equals(peer.method()))
        .findAny();
  }

  /** How many operations a performance is, by whichever peer. */
  static int operations(Class<?> benchmark) {
    return method(benchmark, Peer.FERMATA)
        .map(method -> method.getAnnotation(OperationsPerInvocation.class))
        .map(OperationsPerInvocation::value)
        .orElse(1);
  }

  int operations() {
    return operations;
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
