package io.fermata.conformance.env;

import org.jspecify.annotations.Nullable;

/** An object with fields, for bodies that read and assign them. */
public class Box {
  private final Env env;

  /** A field to assign. */
  public int n;

  /** Another. */
  public @Nullable String s;

  /** A field of its own type. */
  public @Nullable Box next;

  /** Notes that it is made. */
  public Box(Env env, int n) {
    this.env = env;
    this.n = n;
    env.trace("new Box " + n);
  }

  /** Notes the call and adds. */
  public Box add(int more) {
    env.trace("add " + more);
    n += more;
    return this;
  }

  /** Notes the call. */
  public int get(int times, @Nullable String text) {
    env.trace("get " + times + " " + text);
    return n * times;
  }

  @Override
  public String toString() {
    return "Box(" + n + ", " + s + ", " + (next == null ? "-" : "+") + ")";
  }
}
