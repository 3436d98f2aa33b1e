package io.fermata.processor.ir;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method of the twin through which its coroutines reach a private member of the user's class, by
 * a {@code Lookup} that this class hands out.
 *
 * <pre>
 * count                  PrivateFields.count(self)
 * count = 1              PrivateFields.count(self, 1)
 * count += 2             PrivateFields.count$plus(self, 2)
 * count += next()        PrivateFields.count$plus(PrivateFields.count$now(self), …)
 * describe(2)            PrivateMethods.describe(self, 2)
 * new Node(key)          PrivateConstructors.Node(key)
 * </pre>
 *
 * @param name of the accessor
 * @param lookup the class that hands the {@code Lookup} out
 * @param lookupField its static field
 * @param owner the member's class, by its name alone
 * @param receiver the type of the object; empty for what is static, and for constructors
 * @param typeParameters of the accessor
 * @param type of the field, or what the method or constructor gives
 * @param parameters of the method or constructor
 * @param thrown what it declares to throw
 * @param operator of an update; doubled if it gives the old value
 */
public record IrAccessor(
    Kind kind,
    String name,
    IrType.Declared lookup,
    String lookupField,
    IrType.Declared owner,
    Optional<IrType> receiver,
    Member member,
    List<IrTypeParameter> typeParameters,
    IrType type,
    List<IrType> parameters,
    List<IrType> thrown,
    String operator) {

  /** What an accessor does. */
  public enum Kind {
    /** Reads a field. */
    READ,
    /** Assigns a field, and gives the value. */
    WRITE,
    /** Assigns what an operator makes of the field and a value. */
    UPDATE,
    /** Reads a field for an update whose value comes later. */
    HOLD,
    /** That update. */
    COMBINE,
    /** Calls a method. */
    CALL,
    /** Creates an object. */
    CREATE
  }

  /**
   * The member as the JVM knows it.
   *
   * @param name empty for a constructor
   * @param type erased; of a constructor {@code void}
   * @param parameters erased
   * @param traits what else is to be known
   */
  public record Member(String name, IrType type, List<IrType> parameters, List<Trait> traits) {
    public Member {
      parameters = List.copyOf(parameters);
      traits = List.copyOf(traits);
    }
  }

  /** What the signature does not tell. */
  public enum Trait {
    /** A field that threads share. */
    VOLATILE,
    /** The last parameter takes any number of values. */
    VARARGS
  }

  /** By {@link #operator}. */
  public static final Map<String, String> OPERATOR_NAMES =
      Map.ofEntries(
          Map.entry("+", "plus"),
          Map.entry("-", "minus"),
          Map.entry("*", "times"),
          Map.entry("/", "dividedBy"),
          Map.entry("%", "remainder"),
          Map.entry("&", "and"),
          Map.entry("|", "or"),
          Map.entry("^", "xor"),
          Map.entry("<<", "shiftLeft"),
          Map.entry(">>", "shiftRight"),
          Map.entry(">>>", "shiftRightUnsigned"),
          Map.entry("++", "thenPlus"),
          Map.entry("--", "thenMinus"));

  /** The type of what holds the object and the value of a field. */
  public IrType.Declared held() {
    IrType erased = member.type();
    return new IrType.Declared(
        "io.fermata.codegen",
        List.of("PrivateMembers", "Old"),
        List.of(erased instanceof IrType.Primitive primitive ? Boxed.boxed(primitive) : erased),
        Optional.empty());
  }

  /** The class in the twin in which it stands. */
  public String holder() {
    return switch (kind) {
      case READ, WRITE, UPDATE, HOLD, COMBINE -> "PrivateFields";
      case CALL -> "PrivateMethods";
      case CREATE -> "PrivateConstructors";
    };
  }

  public IrAccessor {
    typeParameters = List.copyOf(typeParameters);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
  }
}
