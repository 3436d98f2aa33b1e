package io.fermata;

import io.fermata.internal.Unchecked;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A variable with a value per {@link Context}, and so per task: what a thread-local is to threads.
 *
 * <pre>{@code
 * static final ContextVar<String> USER = ContextVar.named("user");
 *
 * USER.set("ann");
 * createTask(HelloAsync.greet());   // sees "ann", whatever is set here afterwards
 * }</pre>
 *
 * <p>asyncio: {@code contextvars.ContextVar}.
 *
 * @param <T> type of the values
 */
public final class ContextVar<T extends @Nullable Object> {
  private final String name;
  private final boolean hasDefault;
  private final @Nullable T defaultValue;

  /** The values set outside of loops, by the {@link ThreadValues} that they belong to. */
  private final Map<Object, @Nullable Object> outsideLoops = new WeakHashMap<>(1);

  private ContextVar(String name, boolean hasDefault, @Nullable T defaultValue) {
    this.name = Objects.requireNonNull(name, "name");
    this.hasDefault = hasDefault;
    this.defaultValue = defaultValue;
  }

  /**
   * {@return a variable without a default: reading it before it is set throws}
   *
   * @param <T> type of the values
   * @param name the name
   */
  public static <T extends @Nullable Object> ContextVar<T> named(String name) {
    return new ContextVar<>(name, false, null);
  }

  /**
   * {@return a variable with a default}
   *
   * @param <T> type of the values
   * @param name the name
   * @param value the value
   */
  public static <T extends @Nullable Object> ContextVar<T> withDefault(String name, T value) {
    return new ContextVar<>(name, true, value);
  }

  /**
   * What it was before a {@link #set}, to go back to with {@link #reset}.
   *
   * @param <T> type of the values
   */
  public static final class Token<T extends @Nullable Object> {
    private final ContextVar<T> variable;
    private final Context context;
    private final boolean wasSet;
    private final @Nullable Object before;
    private boolean used;

    private Token(
        ContextVar<T> variable, Context context, boolean wasSet, @Nullable Object before) {
      this.variable = variable;
      this.context = context;
      this.wasSet = wasSet;
      this.before = before;
    }
  }

  /** {@return the name given to it} */
  public String name() {
    return name;
  }

  /**
   * {@return the value in the current context, or the default}
   *
   * @throws NoSuchElementException if there is neither
   */
  public T get() {
    Context context = Context.current();
    if (context.contains(this)) {
      return Unchecked.cast(context.get(this));
    }
    if (hasDefault) {
      return Unchecked.cast(defaultValue);
    }
    throw new NoSuchElementException(
        this + " has no value in the current context, and no default: set it, or use orElse.");
  }

  /**
   * {@return the value in the current context, or {@code other} if it was not set}
   *
   * @param other what to give in its place
   */
  public T orElse(T other) {
    Context context = Context.current();
    return context.contains(this) ? Unchecked.<T>cast(context.get(this)) : other;
  }

  /**
   * Sets the value in the current context, and gives what takes it back.
   *
   * @param value the value
   * @return what takes it back, for {@link #reset}
   */
  public Token<T> set(T value) {
    Context context = Context.current();
    Token<T> token = new Token<>(this, context, context.contains(this), context.get(this));
    context.put(this, value);
    return token;
  }

  /**
   * Makes the variable what it was before the {@link #set} that gave the token.
   *
   * @param token what {@link #set} gave
   * @throws IllegalArgumentException if the token is of another variable or another context
   * @throws IllegalStateException if the token was used
   */
  public void reset(Token<T> token) {
    if (token.variable != this) {
      throw new IllegalArgumentException("the token is of " + token.variable + ", not of " + this);
    }
    if (token.context != Context.current()) {
      throw new IllegalArgumentException("the token of " + this + " is of another context");
    }
    if (token.used) {
      throw new IllegalStateException("the token of " + this + " was used already");
    }
    token.used = true;
    if (token.wasSet) {
      token.context.put(this, token.before);
    } else {
      token.context.remove(this);
    }
  }

  @Nullable Object valueOutsideLoops(Object key) {
    synchronized (outsideLoops) {
      return outsideLoops.get(key);
    }
  }

  void setOutsideLoops(Object key, @Nullable Object value) {
    synchronized (outsideLoops) {
      outsideLoops.put(key, value);
    }
  }

  void removeOutsideLoops(Object key) {
    synchronized (outsideLoops) {
      outsideLoops.remove(key);
    }
  }

  @Override
  public String toString() {
    return "ContextVar " + name;
  }
}
