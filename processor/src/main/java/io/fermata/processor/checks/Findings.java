package io.fermata.processor.checks;

import com.sun.source.tree.Tree;
import io.fermata.processor.diagnostics.Diagnostic;

/** Where a check puts what it finds. */
@FunctionalInterface
interface Findings {

  void add(Diagnostic diagnostic, Tree at, String... arguments);
}
