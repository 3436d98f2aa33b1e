package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import org.jetbrains.jps.javac.APIWrappers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Build tools hand processors environments of their own. */
class JavacEnvironmentTest {

  @TempDir Path folder;

  @Test
  void the_proxy_of_IntelliJ_is_unwrapped() {
    assertCompiles(env -> APIWrappers.wrap(ProcessingEnvironment.class, env));
  }

  @Test
  void an_object_that_delegates_as_Gradle_has_it_is_unwrapped() {
    assertCompiles(Delegating::of);
  }

  @Test
  void wrappers_around_wrappers_are_unwrapped() {
    assertCompiles(
        env -> Delegating.of(APIWrappers.wrap(ProcessingEnvironment.class, Delegating.of(env))));
  }

  @Test
  void a_compiler_without_trees_gets_declarations_and_one_warning() {
    Javac.Result result = compile(Opaque::of);
    assertEquals(1, result.messages(Kind.WARNING).size(), result.messages()::toString);
    assertTrue(result.messages(Kind.WARNING).get(0).contains("compiled by javac only"));
    assertTrue(result.classFiles().containsKey("app/AAsync.class"));
    assertTrue(result.classFiles().containsKey("app/BAsync.class"));
  }

  private void assertCompiles(UnaryOperator<ProcessingEnvironment> wrapper) {
    Javac.Result result = compile(wrapper);
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().containsKey("app/AAsync.class"));
  }

  private Javac.Result compile(UnaryOperator<ProcessingEnvironment> wrapper) {
    return new Javac(folder)
        .withRuntime()
        .source(
            "app/A.java", "package app; class A { @io.fermata.Coroutine int one() { return 1; } }")
        .source(
            "app/B.java", "package app; class B { @io.fermata.Coroutine int one() { return 1; } }")
        .processors(new Wrapping(wrapper))
        .compile();
  }

  /** Stands between javac and the processor, as build tools do. */
  private static final class Wrapping extends AbstractProcessor {

    private final UnaryOperator<ProcessingEnvironment> wrapper;
    private final CoroutineProcessor processor = new CoroutineProcessor();

    Wrapping(UnaryOperator<ProcessingEnvironment> wrapper) {
      this.wrapper = wrapper;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }

    @Override
    public synchronized void init(ProcessingEnvironment env) {
      processor.init(wrapper.apply(env));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      processor.process(annotations, round);
      return false;
    }
  }

  /** Keeps what it delegates to in a field. */
  private record Delegating(ProcessingEnvironment delegate) implements InvocationHandler {

    static ProcessingEnvironment of(ProcessingEnvironment env) {
      return proxy(new Delegating(env));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      return call(delegate, method, arguments);
    }
  }

  /** Keeps it where nobody finds it: for all that can be told, another compiler's. */
  private record Opaque(List<ProcessingEnvironment> hidden) implements InvocationHandler {

    static ProcessingEnvironment of(ProcessingEnvironment env) {
      return proxy(new Opaque(List.of(env)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      return call(hidden.get(0), method, arguments);
    }
  }

  private static ProcessingEnvironment proxy(InvocationHandler handler) {
    return (ProcessingEnvironment)
        Proxy.newProxyInstance(
            JavacEnvironmentTest.class.getClassLoader(),
            new Class<?>[] {ProcessingEnvironment.class},
            handler);
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
