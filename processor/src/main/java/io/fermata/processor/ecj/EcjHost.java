package io.fermata.processor.ecj;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Makes the twins of a compile of ECJ's, round by round: each round that brings sources is compiled
 * by javac once more, with all before it.
 */
public final class EcjHost {

  private final Elements elements;
  private final SignatureTwins signatures;
  private final NestedJavac javac;
  private final EcjProblems problems;
  private final EcjTwins twins;
  private final Map<URI, EcjSource> sources = new TreeMap<>();

  /** The names of the classes with coroutines, by those of their twins. */
  private final Map<String, String> owners = new LinkedHashMap<>();

  private NestedJavac.Result last = new NestedJavac.Result(true, Map.of(), List.of());

  private EcjHost(EcjEnvironment ecj, NestedJavac javac, SignatureTwins signatures) {
    this.elements = ecj.env().getElementUtils();
    this.javac = javac;
    this.signatures = signatures;
    this.problems = new EcjProblems(ecj);
    this.twins = new EcjTwins(ecj);
  }

  /** The options that a user may give. */
  public static Set<String> options() {
    return NestedJavac.OPTIONS;
  }

  /**
   * The host of a compile of ECJ's; empty if the compiler is another one.
   *
   * @param processor what javac is to run
   */
  public static Optional<EcjHost> of(
      ProcessingEnvironment env, Class<? extends Processor> processor, SignatureTwins signatures) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    return EcjEnvironment.of(env)
        .map(ecj -> new EcjHost(ecj, new NestedJavac(javac, ecj, processor), signatures));
  }

  /** Makes the twins of a round. */
  public void compile(RoundEnvironment round) {
    if (!round.processingOver()) {
      signatures
          .ownersIn(round)
          .forEach((twin, owner) -> owners.put(twin, owner.getQualifiedName().toString()));
      if (addSources(round)) {
        last = javac.run(sources.values());
      }
    }
    writeTwins();
    if (round.processingOver()) {
      report();
    }
  }

  private boolean addSources(RoundEnvironment round) {
    boolean isNew = false;
    for (TypeElement each : ElementFilter.typesIn(round.getRootElements())) {
      if (!twins.isWritten(each.getQualifiedName().toString())) {
        Optional<EcjSource> source = EcjUnit.source(each, elements);
        source.ifPresent(file -> sources.put(file.toUri(), file));
        isNew |= source.isPresent();
      }
    }
    return isNew;
  }

  private void writeTwins() {
    owners.forEach(
        (twin, owner) -> {
          String text = last.twins().get(twin);
          if (text != null && !twins.isWritten(twin)) {
            twins.write(twin, text, elements.getTypeElement(owner));
          }
        });
  }

  private void report() {
    for (Diagnostic<? extends JavaFileObject> each : last.diagnostics()) {
      if (each.getCode().endsWith(".proc.messager")) {
        EcjSource source = each.getSource() == null ? null : sources.get(each.getSource().toUri());
        if (source == null) {
          problems.report(each.getKind(), each.getMessage(null));
        } else {
          problems.report(source, each);
        }
      }
    }
  }
}
