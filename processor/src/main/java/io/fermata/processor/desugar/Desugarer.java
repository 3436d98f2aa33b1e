package io.fermata.processor.desugar;

import io.fermata.processor.ir.IrBody;

/**
 * Writes out for-each loops and try with resources that have a resume point in them.
 *
 * <p>Guarantees: no {@code ForEach} and no {@code TryResources} is left. Does not touch
 * expressions.
 */
public final class Desugarer {

  /** Runs the rewriters of this package in their order. */
  public IrBody desugar(IrBody body) {
    // Loops first: one over a generator's call becomes a try with a resource.
    return new ResourceRewriter().rewrite(new ForEachRewriter().rewrite(body));
  }
}
