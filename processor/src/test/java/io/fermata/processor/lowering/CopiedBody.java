package io.fermata.processor.lowering;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.diagnostics.Fault;
import java.util.List;

/** What the lowering says if a body gets into the generated class just as it is. */
public final class CopiedBody {

  private CopiedBody() {}

  /** The faults of a body that is copied from its beginning to its end. */
  public static List<Fault> faults(AttributedBody body) {
    Leftovers leftovers = new BodyFacts(body).leftovers();
    leftovers.copied(body.start(body.tree()), body.end(body.tree()));
    return leftovers.faults();
  }
}
