package io.fermata.conformance.world;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.RunOptions;
import io.fermata.conformance.env.Env;
import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Recorder;
import io.fermata.conformance.script.Scenario;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;

/** The real thing: compiled with the processor, run on the loop. */
public final class CoroutineWorld implements World {
  private static final RunOptions VIRTUAL =
      RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new);

  @Override
  public Compilation compile(Collection<SourceText> sources, int release) {
    String classPath = System.getProperty("java.class.path");
    String processor = System.getProperty("fermata.processor.jar", classPath);
    return Javac.compile(sources, release, List.of("-cp", classPath, "-processorpath", processor));
  }

  @Override
  public Cases load(Compilation compilation) {
    ClassLoader loader = compilation.load(getClass().getClassLoader());
    return (className, method, scenario) -> run(loader, className, method, scenario);
  }

  private static Outcome run(
      ClassLoader loader, String className, String method, Scenario scenario) {
    Recorder recorder = new Recorder(scenario);
    return Watchdog.run(
        recorder,
        () -> {
          Method twin = loader.loadClass(className + "Async").getDeclaredMethod(method, Env.class);
          twin.setAccessible(true);
          Coro<?> body = (Coro<?>) twin.invoke(null, new Env(recorder));
          Guard.Ended ended = Async.run(GuardAsync.ended(body), VIRTUAL);
          return ended.thrown() == null ? ended.result() : rethrow(ended.thrown());
        });
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> Object rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
