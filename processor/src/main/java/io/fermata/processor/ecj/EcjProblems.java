package io.fermata.processor.ecj;

import java.lang.reflect.Constructor;
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

  /** Tells something of a file; where there is no place to point at, of its class. */
  void report(EcjSource source, Diagnostic<? extends JavaFileObject> found) {
    TypeElement type = ecj.env().getElementUtils().getTypeElement(source.className());
    Optional<EcjUnit> unit = type == null ? Optional.empty() : unitOf(type);
    boolean isPlaced = found.getStartPosition() != Diagnostic.NOPOS;
    if (unit.isPresent() && isPlaced && found.getKind() != Kind.NOTE) {
      try {
        report(unit.get(), source, found);
        return;
      } catch (UnknownEcjException e) {
        // Told at the class, with the line.
      }
    }
    String line = isPlaced ? "Line " + found.getLineNumber() + ": " : "";
    messager.printMessage(found.getKind(), line + found.getMessage(null), type);
  }

  /** Tells something that is about no file. */
  void report(Kind kind, String message) {
    messager.printMessage(kind, message);
  }

  private static Optional<EcjUnit> unitOf(TypeElement type) {
    try {
      return EcjUnit.of(type);
    } catch (UnknownEcjException e) {
      return Optional.empty();
    }
  }

  private void report(EcjUnit unit, EcjSource source, Diagnostic<? extends JavaFileObject> found) {
    Object problem = problem(unit, source, found);
    if (ecj.isIde()) {
      unit.result().result("record", problem, unit.declaration().target());
    } else {
      ecj.ecj().field("_compilerOwner").result("addExtraProblems", problem);
    }
  }

  private Object problem(
      EcjUnit unit, EcjSource source, Diagnostic<? extends JavaFileObject> found) {
    int start = (int) found.getStartPosition();
    int last = (int) Math.max(found.getEndPosition() - 1, start);
    // Of what takes more than a line, editors mark the name.
    if (source.line(start) != source.line(last)) {
      start = (int) found.getPosition();
      last = source.lastOfWord(start);
    }
    Object[] arguments = {
      unit.declaration().target(),
      unit.result().value("fileName"),
      found.getMessage(null),
      0,
      new String[0],
      found.getKind() == Kind.ERROR ? ERROR : WARNING,
      start,
      last,
      source.line(start),
      source.column(start)
    };
    try {
      for (Constructor<?> each : ecj.type(PROBLEM).getConstructors()) {
        if (each.getParameterCount() == arguments.length) {
          return each.newInstance(arguments);
        }
      }
      throw new NoSuchMethodException(PROBLEM);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new UnknownEcjException(PROBLEM, e);
    }
  }
}
