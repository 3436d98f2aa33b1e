package io.fermata.processor;

import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.declaration.TwinSignatures;
import io.fermata.processor.ecj.SignatureTwins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;

/** Reads the declarations of coroutines where the compiler shows no bodies. */
final class SignatureReader implements SignatureTwins {

  private final CoroutineMethods coroutines;
  private final ClassReader reader;

  SignatureReader(ProcessingEnvironment env, Options options) {
    this.coroutines = new CoroutineMethods(env.getElementUtils());
    this.reader =
        new ClassReader(
            env.getElementUtils(),
            env.getTypeUtils(),
            type -> "",
            method -> Set.of(),
            options.annotations());
  }

  @Override
  public Map<String, TypeElement> ownersIn(RoundEnvironment round) {
    Map<String, TypeElement> owners = new LinkedHashMap<>();
    classesIn(round).forEach(each -> owners.put(each.owner().twinQualifiedName(), each.element()));
    return owners;
  }

  /** The classes with coroutines whose twins are ours to write. */
  List<CoroutineClass> classesIn(RoundEnvironment round) {
    return coroutines.ownersIn(round).stream()
        .map(this::read)
        .filter(each -> each.state() != CoroutineClass.State.TWIN_TAKEN)
        .toList();
  }

  @Override
  public String text(TypeElement owner, String why) {
    return text(read(owner), why);
  }

  /** A twin with signatures whose methods say why they can't run. */
  static String text(CoroutineClass found, String why) {
    String body = "throw new java.lang.IllegalStateException(\"" + why + "\");";
    return TwinSignatures.write(found.owner(), found.methods(), body);
  }

  private CoroutineClass read(TypeElement owner) {
    return reader.read(owner, coroutines.of(owner));
  }
}
