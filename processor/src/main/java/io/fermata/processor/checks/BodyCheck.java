package io.fermata.processor.checks;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.diagnostics.Fault;
import java.util.List;
import java.util.Optional;

/**
 * Checks a body before it is compiled: what {@link CheckListener} will find in it later. Of a body
 * with resume points in the wrong place no coroutine can be made, and an attempt would bring errors
 * in the generated class on top.
 */
public final class BodyCheck {

  private BodyCheck() {}

  /** The errors in the body; warnings are the listener's. */
  public static List<Fault> check(AttributedBody body) {
    Api api = new Api(body.elements(), body.types());
    return CodeChecks.check(api, body.trees(), method -> Optional.empty(), body.path()).stream()
        .filter(Fault::isError)
        .toList();
  }
}
