package io.fermata.processor.ir;

import java.util.List;

/**
 * A type parameter that a generated class declares.
 *
 * @param bounds none if it has only {@code Object}
 */
public record IrTypeParameter(String name, List<IrType> bounds) {
  public IrTypeParameter {
    bounds = List.copyOf(bounds);
  }

  /** The type that it stands for, which is an argument too. */
  public IrType.Variable variable() {
    return new IrType.Variable(name);
  }
}
