package io.fermata.processor.ir;

/** What {@code break}, {@code continue} or {@code yield} name: a statement, by identity. */
public final class IrLabel {
  private final String name;

  /** Creates a label; {@code name} is the user's label, or the kind of statement. */
  public IrLabel(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
