package io.fermata.processor.ecj;

import static io.fermata.processor.diagnostics.Diagnostic.INTERNAL_ERROR;

import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.declaration.TwinSignatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Makes the twins of ECJ's compiles, round by round: each round that brings sources is compiled by
 * javac once more, with all before it.
 *
 * <p>What has errors waits for the last round, since another processor may still make what is
 * missing. What javac says of the user's own code is left to ECJ to say. Where there is no javac,
 * twins have signatures only, and throw when they are called.
 */
public final class EcjHost {

  private static final String REMEDY =
      " Run Eclipse or VS Code on a JDK; or give them output folders of their own, and leave the"
          + " build to Maven or Gradle.";
  private static final String NO_JAVAC =
      "Coroutines are compiled by the JDK's compiler, and this JVM has none." + REMEDY;
  private static final String OLD_JAVAC =
      "Coroutines are compiled by the JDK's compiler, and this JVM's knows Java %d at most, not %d."
          + REMEDY.replace("a JDK", "a newer JDK");
  private static final String UNKNOWN =
      "Fermata can't see the sources in this version of Eclipse's compiler (%s). Update Fermata; or"
          + " give Eclipse output folders of its own, and leave the build to Maven or Gradle.";
  private static final String ERRORS =
      "This class has errors. Its coroutines are compiled when they are mended.";

  private final EcjEnvironment ecj;
  private final Elements elements;
  private final SignatureTwins signatures;
  private final NestedJavac javac;
  private final EcjSources sources;
  private final EcjTwins twins;
  private final EcjProblems problems;

  /** The names of the classes with coroutines, by those of their twins. */
  private final Map<String, String> owners = new LinkedHashMap<>();

  private NestedJavac.Result last = NestedJavac.Result.NONE;

  /** Why javac can't be asked. */
  private @Nullable String obstacle;

  private EcjHost(
      EcjEnvironment ecj, Class<? extends Processor> processor, SignatureTwins signatures) {
    this.ecj = ecj;
    this.elements = ecj.env().getElementUtils();
    this.signatures = signatures;
    this.javac = new NestedJavac(ecj, processor);
    this.sources = new EcjSources(elements);
    this.twins = new EcjTwins(ecj);
    this.problems = new EcjProblems(ecj);
    this.obstacle = obstacle();
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
    return EcjEnvironment.of(env).map(ecj -> new EcjHost(ecj, processor, signatures));
  }

  private @Nullable String obstacle() {
    if (ToolProvider.getSystemJavaCompiler() == null) {
      return NO_JAVAC;
    }
    int running = Runtime.version().feature();
    return ecj.level() > running ? OLD_JAVAC.formatted(running, ecj.level()) : null;
  }

  /** Makes the twins of a round. */
  public void compile(RoundEnvironment round) {
    if (elements.getTypeElement("io.fermata.Coroutine") == null) {
      return;
    }
    signatures
        .ownersIn(round)
        .forEach((twin, owner) -> owners.put(twin, owner.getQualifiedName().toString()));
    if (obstacle == null) {
      try {
        compileWithJavac(round);
      } catch (UnknownEcjException e) {
        obstacle = UNKNOWN.formatted(e.getMessage());
      }
    }
    if (obstacle != null) {
      writeSignatures(obstacle);
    }
    if (round.processingOver()) {
      end();
    }
  }

  /** An incremental build in an IDE is several compiles, with one and the same processor. */
  private void end() {
    owners.clear();
    sources.end();
    twins.end();
    last = NestedJavac.Result.NONE;
  }

  private void compileWithJavac(RoundEnvironment round) {
    if (round.processingOver()) {
      owners.forEach(this::finish);
      problems.report(last.ofProcessor(), sources);
    } else if (sources.add(round.getRootElements(), this::isOurs)) {
      last = javac.run(sources.all());
      owners.forEach(this::writeIfComplete);
    }
  }

  /** An IDE keeps the twins of the last build among its sources. */
  private boolean isOurs(TypeElement type) {
    return twins.isOurs(type.getQualifiedName().toString())
        || (ecj.isIde() && ClassReader.isGenerated(type));
  }

  private void writeIfComplete(String twin, String owner) {
    TypeElement type = elements.getTypeElement(owner);
    String text = last.twins().get(twin);
    if (text != null
        && !twins.isWritten(twin)
        && (last.errorsIn(sources.of(type).toUri()).isEmpty() || !last.missesClasses())) {
      twins.write(twin, text, type);
    }
  }

  private void finish(String twin, String owner) {
    TypeElement type = elements.getTypeElement(owner);
    List<Diagnostic<? extends JavaFileObject>> errors = last.errorsIn(sources.of(type).toUri());
    String text = last.twins().get(twin);
    if (!twins.isWritten(twin) && !sources.isGiven(twin)) {
      twins.write(twin, text == null ? signatures.text(type, ERRORS) : text, type);
      if (errors.isEmpty()) {
        problems.report(Kind.ERROR, failure(owner), type);
      }
    }
    if (!errors.isEmpty() && (text == null || TwinSignatures.isOne(text))) {
      problems.reportUnlessSeen(sources.of(type), errors.get(0));
    }
  }

  private String failure(String owner) {
    return INTERNAL_ERROR.message(List.of(owner, "nested compile", last.failure()));
  }

  private void writeSignatures(String why) {
    owners.forEach(
        (twin, owner) -> {
          if (!twins.isWritten(twin) && !sources.isGiven(twin)) {
            TypeElement type = elements.getTypeElement(owner);
            problems.report(Kind.WARNING, why, type);
            twins.write(twin, signatures.text(type, why), type);
          }
        });
  }
}
