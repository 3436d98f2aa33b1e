package io.fermata.processor;

import io.fermata.processor.attribution.RoundSources;
import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.ElementFault;
import io.fermata.processor.diagnostics.Reporter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The twins of one compile. javac lets no processor write a class that it was given as a source, so
 * an old twin among the sources has to be what is to be written.
 */
final class TwinFiles {

  private final ProcessingEnvironment env;
  private final RoundSources sources;
  private final Reporter reporter;
  private final Set<String> written = new HashSet<>();
  private final Set<String> given = new LinkedHashSet<>();

  TwinFiles(ProcessingEnvironment env, RoundSources sources, Reporter reporter) {
    this.env = env;
    this.sources = sources;
    this.reporter = reporter;
  }

  /** Takes note of the twins among the sources of a round that this compile has not made. */
  void addGiven(Set<? extends Element> roots) {
    for (Element each : roots) {
      if (each instanceof TypeElement type && ClassReader.isGenerated(type)) {
        String name = type.getQualifiedName().toString();
        if (!written.contains(name)) {
          given.add(name);
        }
      }
    }
  }

  /** Those that were given and that nothing was written for. */
  List<TypeElement> unusedOnes() {
    return given.stream()
        .filter(each -> !written.contains(each))
        .map(each -> env.getElementUtils().getTypeElement(each))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Writes the twin of a class. */
  void write(CoroutineClass found, String text) {
    String name = found.owner().twinQualifiedName();
    written.add(name);
    if (!given.contains(name)) {
      TwinFile.write(env, found, text);
    } else if (!sources.textOf(found.owner().packageName(), name).contentEquals(text)) {
      reporter.add(
          new ElementFault(Diagnostic.TWIN_GIVEN, found.element(), found.owner().twinName()));
    }
  }
}
