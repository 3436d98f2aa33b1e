package io.fermata.processor;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.TwinSignatures;
import io.fermata.processor.diagnostics.Fault;
import java.util.List;

/** Passes that read no body: the twin has its declarations only. */
final class SignaturePasses implements Passes<CoroutineMethod> {

  @Override
  public CoroutineMethod lower(AttributedBody body, List<Fault> faults) {
    return body.method();
  }

  @Override
  public String emit(OwnerClass owner, List<CoroutineMethod> bodies) {
    return TwinSignatures.write(owner, bodies, "throw null;");
  }
}
