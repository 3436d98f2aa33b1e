package io.fermata.processor.ir;

import java.util.List;
import java.util.Set;

/**
 * A variable of a body. Two variables are the same if they are the same object: siblings may share
 * a name.
 */
public final class IrLocal {

  /** Where a variable comes from. */
  public enum Origin {
    /** The {@code self} of an instance method. */
    SELF,
    /** The object of a class that moves, {@code Name.this} to the code in it. */
    INSTANCE,
    /** A parameter of the method, or what a coroutine lambda captures. */
    PARAMETER,
    /** Declared by the user in the body: a local, a binding, a caught exception, a lambda's. */
    DECLARED,
    /** Made by a pass. */
    TEMPORARY
  }

  private static final Set<String> WIDE = Set.of("long", "double");

  private final String name;
  private final IrType type;
  private final Origin origin;

  /** Creates a variable; {@code name} is the user's, or the stem of a temporary's. */
  public IrLocal(String name, IrType type, Origin origin) {
    this.name = name;
    this.type = type;
    this.origin = origin;
  }

  /** The user's own name; of a temporary, the stem ({@code t}). Emission makes names unique. */
  public String name() {
    return name;
  }

  /** The type to declare it with. */
  public IrType type() {
    return type;
  }

  /** Where it comes from. */
  public Origin origin() {
    return origin;
  }

  /** How code in a class of the user's refers to it. */
  public String reference() {
    return origin == Origin.INSTANCE && type instanceof IrType.Declared declared
        ? declared.simpleName() + ".this"
        : name;
  }

  /** How many places these take among the arguments of a method (JVMS 4.3.3). */
  public static int places(List<IrLocal> locals) {
    return locals.stream().mapToInt(local -> isWide(local.type) ? 2 : 1).sum();
  }

  private static boolean isWide(IrType type) {
    return type instanceof IrType.Primitive primitive && WIDE.contains(primitive.keyword());
  }

  @Override
  public String toString() {
    return name;
  }
}
