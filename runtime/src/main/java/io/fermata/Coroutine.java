package io.fermata;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a coroutine: in its body {@link Async#await} waits without holding the thread.
 *
 * <p>The method is a template. The processor generates its twin in the class {@code <Owner>Async}
 * of the same package, and the twin is what is called; calling it gives a {@link Coro}.
 *
 * <pre>{@code
 * final class Hello {
 *   @Coroutine
 *   static String sayAfter(Duration delay, String what) {
 *     await(sleep(delay));
 *     return what;
 *   }
 *
 *   public static void main(String[] args) {
 *     System.out.println(run(HelloAsync.sayAfter(ofSeconds(1), "hello")));
 *   }
 * }
 * }</pre>
 *
 * <p><b>Annotations of your own.</b> An annotation that is annotated with this one makes coroutines,
 * too, as {@code @CoroutineTest} of {@code fermata-junit} does. Its retention is the class file or
 * the run time, so that those who compile against the coroutine know it for one.
 *
 * <pre>{@code
 * @Coroutine
 * @Retention(RetentionPolicy.RUNTIME)
 * @Target(ElementType.METHOD)
 * @interface Job {}
 * }</pre>
 *
 * <p>asyncio: {@code async def}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.ANNOTATION_TYPE})
public @interface Coroutine {}
