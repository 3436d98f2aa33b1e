package io.fermata.processor.ecj;

import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;

/**
 * Tells what there is to say at the user's own place. Java's API knows no place but a declaration;
 * ECJ's messager makes its problems as it is done here.
 */
final class EcjProblems {

  private static final String PROBLEM = "org.eclipse.jdt.internal.compiler.apt.dispatch.AptProblem";
  private static final int ERROR = 1;
  private static final int WARNING = 0;

  private final EcjEnvironment ecj;
  private final Messager messager;

  EcjProblems(EcjEnvironment ecj) {
    this.ecj = ecj;
    this.messager = ecj.env().getMessager();
  }

  /** Tells something of a class. */
  void report(Kind kind, String message, TypeElement type) {
    messager.printMessage(kind, message, type);
  }

  /** Tells what our processor says in javac. */
  void report(List<Diagnostic<? extends JavaFileObject>> found, EcjSources sources) {
    for (Diagnostic<? extends JavaFileObject> each : found) {
      Optional<EcjSource> source =
          each.getSource() == null ? Optional.empty() : sources.at(each.getSource().toUri());
      if (source.isPresent()) {
        report(source.get(), each);
      } else {
        messager.printMessage(each.getKind(), each.getMessage(null));
      }
    }
  }

  /** Tells something of a file; where there is no place to point at, of its class. */
  private void report(EcjSource source, Diagnostic<? extends JavaFileObject> found) {
    TypeElement type = ecj.env().getElementUtils().getTypeElement(source.className());
    boolean isPlaced = found.getStartPosition() != Diagnostic.NOPOS;
    if (isPlaced && found.getKind() != Kind.NOTE) {
      try {
        report(EcjUnit.of(type).orElseThrow(), source, found);
        return;
      } catch (UnknownEcjException e) {
        // Told at the class, with the line.
      }
    }
    String line = isPlaced ? "Line " + found.getLineNumber() + ": " : "";
    messager.printMessage(found.getKind(), line + found.getMessage(null), type);
  }

  private void report(EcjUnit unit, EcjSource source, Diagnostic<? extends JavaFileObject> found) {
    add(unit, problem(unit, source, found, found.getMessage(null)));
  }

  private void add(EcjUnit unit, Object problem) {
    if (ecj.isIde()) {
      unit.result().result("record", problem, unit.declaration().target());
    } else {
      ecj.ecj().field("_compilerOwner").result("addExtraProblems", problem);
    }
  }

  /** Tells an error of javac's when ECJ is done with the file and has found none. */
  void reportUnlessSeen(EcjSource source, Diagnostic<? extends JavaFileObject> error) {
    String message =
        "javac finds an error here, and Eclipse does not: "
            + error.getMessage(null)
            + "\n    The coroutines of this file are compiled when it is mended.";
    TypeElement type = ecj.env().getElementUtils().getTypeElement(source.className());
    try {
      EcjUnit unit = EcjUnit.of(type).orElseThrow();
      Object problem = problem(unit, source, error, message);
      EcjAcceptance.of(ecj).ifSound(unit, () -> add(unit, problem));
    } catch (UnknownEcjException e) {
      // Whether it does not, no one can tell.
      messager.printMessage(Kind.WARNING, message, type);
    }
  }

  private Object problem(
      EcjUnit unit, EcjSource source, Diagnostic<? extends JavaFileObject> found, String message) {
    int start = (int) found.getStartPosition();
    int last = (int) Math.max(found.getEndPosition() - 1, start);
    // Of what takes more than a line, editors mark the name.
    if (source.line(start) != source.line(last)) {
      start = (int) found.getPosition();
      last = source.lastOfWord(start);
    }
    return ecj.create(
        PROBLEM,
        unit.declaration().target(),
        unit.result().value("fileName"),
        message,
        0,
        new String[0],
        found.getKind() == Kind.ERROR ? ERROR : WARNING,
        start,
        last,
        source.line(start),
        source.column(start));
  }
}
