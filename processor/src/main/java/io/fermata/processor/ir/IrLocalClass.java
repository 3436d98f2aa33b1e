package io.fermata.processor.ir;

import java.util.List;
import java.util.Optional;

/**
 * A class that the user declares in a body and that resume points stand around: it becomes a member
 * of the continuation.
 *
 * <pre>
 * class Counter { int n = start; }      private static final class CounterScope {
 *                                         private final int start;
 *                                         CounterScope(int start) { this.start = start; }
 *                                         class Counter { int n = start; }
 *                                       }
 * </pre>
 *
 * @param scope the name of the class that holds what the user's class captures; empty for one that
 *     captures nothing, which is nested as it is
 * @param typeParameters of that class
 * @param fields what it captures, as the declaration names it
 * @param declaration the user's code
 * @param line where that begins in the user's file
 */
public record IrLocalClass(
    Optional<String> scope,
    List<IrTypeParameter> typeParameters,
    List<IrLocal> fields,
    Code declaration,
    int line) {
  public IrLocalClass {
    typeParameters = List.copyOf(typeParameters);
    fields = List.copyOf(fields);
  }
}
