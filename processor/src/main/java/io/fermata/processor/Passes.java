package io.fermata.processor;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.diagnostics.Fault;
import java.util.List;

/**
 * The passes from a body with its types to the text of the twin.
 *
 * @param <B> what is kept of a body when the nested compile is over
 */
interface Passes<B> {

  /** Reads a body while the nested compile runs, and adds the faults that it finds in it. */
  B lower(AttributedBody body, List<Fault> faults);

  /**
   * Gives the source of the twin. The bodies are free of faults; if there are errors in them, what
   * comes of this is dropped. Runs beside the nested compile, on a thread of its own, for one class
   * after the other.
   */
  String emit(OwnerClass owner, List<B> bodies);
}
