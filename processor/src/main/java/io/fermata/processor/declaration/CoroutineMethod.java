package io.fermata.processor.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code @Coroutine} method's signature says, and what its twin is called and looks like.
 *
 * @param name the user's name, which is the twin method's too
 * @param receiver the type of {@code self}, which the twin takes first; null for a static method
 * @param typeParameters of the twin method: for an instance method the class's come first
 * @param sink the {@code Emitter} or {@code Yielder} parameter of a generator, null for a coroutine
 * @param parameters the user's, in order, without the sink
 * @param varargs {@link Varargs#YES} if the last parameter is declared with {@code ...}; its type
 *     here is the array
 * @param returned what the user's method returns; {@code void} for a generator
 * @param thrown the checked exception that the twin declares (the nearest common superclass of
 *     several), null if there is none
 * @param annotations those that carry over to the twin method, as source text
 * @param javadoc the user's comment as it stands, without the comment marks, null if there is none
 * @param continuationName the generated class's simple name: {@code SayAfter}
 * @param key the user's method among its overloads
 */
public record CoroutineMethod(
    OwnerClass owner,
    String name,
    Kind kind,
    @Nullable TypeRef receiver,
    Visibility visibility,
    List<TypeParameter> typeParameters,
    @Nullable Parameter sink,
    List<Parameter> parameters,
    Varargs varargs,
    TypeRef returned,
    @Nullable TypeRef thrown,
    List<String> annotations,
    @Nullable String javadoc,
    String continuationName,
    MethodKey key) {

  /** The name under which the twin takes the receiver. */
  public static final String SELF = "self";

  /**
   * The places for arguments that a constructor has beside the new object (JVMS 4.11); a {@code
   * long} or a {@code double} takes two.
   */
  public static final int MOST_PLACES = 254;

  /** What calling the twin gives. */
  public enum Kind {
    /** {@code Coro<R>} or {@code ThrowingCoro<R, X>}. */
    COROUTINE,
    /** {@code AsyncGenerator<E>}: the first parameter is an {@code Emitter<E>}. */
    ASYNC_GENERATOR,
    /** {@code Generator<E>}: the first parameter is a {@code Yielder<E>}. */
    GENERATOR
  }

  /** Whether the last parameter is declared with {@code ...}. */
  public enum Varargs {
    NO,
    YES
  }

  /** The receiver as the twin's first parameter, for an instance method. */
  public Optional<Parameter> self() {
    return Optional.ofNullable(receiver).map(type -> new Parameter(SELF, type, List.of()));
  }

  /** The twin's parameters: {@code self} where there is one, then the user's. */
  public List<Parameter> twinParameters() {
    List<Parameter> all = new ArrayList<>();
    self().ifPresent(all::add);
    all.addAll(parameters);
    return List.copyOf(all);
  }

  /** What the coroutine gives, boxed: {@code Integer} for {@code int}, {@code Void} for void. */
  public TypeRef result() {
    return Boxes.boxed(returned);
  }

  /** What a generator gives: the {@code E} of its {@code Emitter<E>}; {@code Object} if raw. */
  public TypeRef element() {
    if (sink == null || !(sink.type() instanceof TypeRef.Declared type)) {
      throw new IllegalStateException(name + " is no generator");
    }
    return type.arguments().isEmpty() ? TypeRef.OBJECT : upperBound(type.arguments().get(0));
  }

  /** What the twin method returns: {@code io.fermata.Coro<java.lang.String>}. */
  public TypeRef.Declared twinReturnType() {
    return switch (kind) {
      case ASYNC_GENERATOR ->
          TypeRef.Declared.of("io.fermata", "AsyncGenerator").with(List.of(element()));
      case GENERATOR -> TypeRef.Declared.of("io.fermata", "Generator").with(List.of(element()));
      case COROUTINE ->
          thrown == null
              ? TypeRef.Declared.of("io.fermata", "Coro").with(List.of(result()))
              : TypeRef.Declared.of("io.fermata", "ThrowingCoro").with(List.of(result(), thrown));
    };
  }

  /** The comment of the twin's method; empty if the coroutine has none. */
  public Optional<String> twinJavadoc() {
    return Optional.ofNullable(javadoc).map(comment -> TwinJavadoc.of(comment, this));
  }

  /** The user's method as messages and traces name it: {@code Outer.Inner.sayAfter}. */
  public String displayName() {
    return Stream.concat(owner.names().stream(), Stream.of(name)).collect(Collectors.joining("."));
  }

  private static TypeRef upperBound(TypeRef argument) {
    if (argument instanceof TypeRef.Wildcard wildcard) {
      if (wildcard.superBound() != null) {
        return wildcard.superBound();
      }
      return wildcard.extendsBound() != null ? wildcard.extendsBound() : TypeRef.OBJECT;
    }
    return argument;
  }
}
