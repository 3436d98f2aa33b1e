package io.fermata.codegen;

import io.fermata.internal.Suppression;
import io.fermata.internal.Unchecked;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Private members of a user's class that hands out a {@link Lookup}, for generated classes: they
 * keep the handles in static finals, so that a use of one is compiled as that of the member itself
 * is.
 *
 * <p>A member that is not as it was when the generated class was made is a {@link
 * NoSuchFieldError}, a {@link NoSuchMethodError} or an {@link IllegalAccessError}, as it is to the
 * JVM (JLS 13.4). Thread-safe.
 */
public final class PrivateMembers {
  private static final String TWIN = "Async$";
  private static final Set<String> HOLDERS =
      Set.of("PrivateFields", "PrivateMethods", "PrivateConstructors");

  private PrivateMembers() {}

  /**
   * {@return a field of an object}
   *
   * @param lookup what the user's class hands out
   * @param owner the class that declares the field
   * @param name the name of the field
   * @param type its erased type
   */
  public static VarHandle field(
      @Nullable Lookup lookup, Class<?> owner, String name, Class<?> type) {
    try {
      return given(lookup, owner).findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw failure(e, new NoSuchFieldError(e.getMessage()));
    }
  }

  /**
   * {@return a static field}
   *
   * @param lookup what the user's class hands out
   * @param owner the class that declares the field
   * @param name the name of the field
   * @param type its erased type
   */
  public static VarHandle staticField(
      @Nullable Lookup lookup, Class<?> owner, String name, Class<?> type) {
    try {
      return given(lookup, owner).findStaticVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw failure(e, new NoSuchFieldError(e.getMessage()));
    }
  }

  /**
   * {@return a method of an object, which is the first argument}
   *
   * @param lookup what the user's class hands out
   * @param owner the class that declares the method
   * @param name the name of the method
   * @param result what it gives, erased
   * @param parameters what it takes, erased
   */
  public static MethodHandle method(
      @Nullable Lookup lookup,
      Class<?> owner,
      String name,
      Class<?> result,
      Class<?>... parameters) {
    MethodType type = MethodType.methodType(result, parameters);
    try {
      return given(lookup, owner).findVirtual(owner, name, type).asFixedArity();
    } catch (ReflectiveOperationException e) {
      throw failure(e, new NoSuchMethodError(e.getMessage()));
    }
  }

  /**
   * {@return a static method}
   *
   * @param lookup what the user's class hands out
   * @param owner the class that declares the method
   * @param name the name of the method
   * @param result what it gives, erased
   * @param parameters what it takes, erased
   */
  public static MethodHandle staticMethod(
      @Nullable Lookup lookup,
      Class<?> owner,
      String name,
      Class<?> result,
      Class<?>... parameters) {
    MethodType type = MethodType.methodType(result, parameters);
    try {
      return given(lookup, owner).findStatic(owner, name, type).asFixedArity();
    } catch (ReflectiveOperationException e) {
      throw failure(e, new NoSuchMethodError(e.getMessage()));
    }
  }

  /**
   * {@return a constructor}
   *
   * @param lookup what the user's class hands out
   * @param owner the class of the objects
   * @param parameters what it takes, erased
   */
  public static MethodHandle constructor(
      @Nullable Lookup lookup, Class<?> owner, Class<?>... parameters) {
    MethodType type = MethodType.methodType(void.class, parameters);
    try {
      return given(lookup, owner).findConstructor(owner, type).asFixedArity();
    } catch (ReflectiveOperationException e) {
      throw failure(e, new NoSuchMethodError(e.getMessage()));
    }
  }

  /**
   * What an update of a field begins with: the object, and the value before.
   *
   * @param self the object; null for a static field
   * @param value the value
   * @param <V> the field's type, boxed
   */
  public record Old<V>(@Nullable Object self, V value) {}

  /**
   * {@return what a method reference with an object before it is}
   *
   * @param object whose method it names
   * @param reference makes it of the object
   * @param <T> the object's type
   * @param <R> the functional interface
   * @throws NullPointerException if there is no object (JLS 15.13.3)
   */
  public static <T, R> R bind(@Nullable T object, Function<T, R> reference) {
    return reference.apply(Objects.requireNonNull(object));
  }

  /**
   * {@return whether a method of generated code only hands on to a private member}
   *
   * @param className the binary name of its class
   */
  public static boolean isAccessor(String className) {
    int at = className.lastIndexOf(TWIN);
    return at > 0 && HOLDERS.contains(className.substring(at + TWIN.length()));
  }

  /**
   * Throws what a member has thrown, checked or not.
   *
   * @param thrown what it has thrown
   * @return nothing, so that javac knows that the code ends there
   */
  public static RuntimeException rethrow(Throwable thrown) {
    throw Unchecked.<RuntimeException>sneak(thrown);
  }

  /** While a class is being initialised, its fields may not be there yet (JLS 12.4.2). */
  private static Lookup given(@Nullable Lookup lookup, Class<?> owner) {
    if (lookup == null) {
      throw new IllegalStateException(
          "the Lookup by which private members of "
              + owner.getName()
              + " are reached is null while the class is initialised: declare it first.");
    }
    return lookup;
  }

  private static Error failure(ReflectiveOperationException thrown, Error missing) {
    return Suppression.withCause(
        thrown instanceof IllegalAccessException
            ? new IllegalAccessError(thrown.getMessage())
            : missing,
        thrown);
  }
}
