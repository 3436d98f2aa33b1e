package io.fermata.processor.ir;

/** The types that the passes name themselves. */
public final class CommonTypes {
  /** {@code void} of a body that gives nothing. */
  public static final IrType VOID = new IrType.Primitive("void");

  /** {@code boolean}. */
  public static final IrType BOOLEAN = new IrType.Primitive("boolean");

  /** {@code int}. */
  public static final IrType INT = new IrType.Primitive("int");

  /** {@code java.lang.Object}. */
  public static final IrType OBJECT = IrType.Declared.of("java.lang", "Object");

  /** {@code java.lang.Throwable}. */
  public static final IrType THROWABLE = IrType.Declared.of("java.lang", "Throwable");

  private CommonTypes() {}
}
