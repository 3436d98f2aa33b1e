package io.fermata.processor.emit;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrExpr.Stability;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes bodies of the IR by hand.
 *
 * <p>In code, {@code @x} reads the variable {@code x}, {@code @^x} captures it, {@code @=x} assigns
 * it, {@code @~x} updates it, {@code @:x} declares it for the code itself; {@code @break(l)}, {@code
 * @continue(l)}, {@code @return} and {@code @return(value)} jump.
 */
final class BodyText {
  private static final Pattern HOLE =
      Pattern.compile(
          "@(?:(break|continue)\\((\\w+)\\)|return(\\([^;]*\\))?(?=;)|([\\^=~:]?)(\\w+))");

  static final IrType STRING = IrType.Declared.of("java.lang", "String");
  static final IrType INT = CommonTypes.INT;
  static final IrType OBJECT = CommonTypes.OBJECT;

  private final Map<String, IrLocal> locals = new LinkedHashMap<>();
  private final Map<String, IrLabel> labels = new HashMap<>();
  private final List<IrLocal> parameters = new ArrayList<>();
  private final Set<String> reserved = new HashSet<>();
  private int line = 10;

  IrLocal parameter(String name, IrType type) {
    IrLocal local = local(name, type);
    parameters.add(local);
    return local;
  }

  IrLocal local(String name, IrType type) {
    reserved.add(name);
    return add(name, new IrLocal(name, type, IrLocal.Origin.DECLARED));
  }

  /** A temporary, called {@code key} here. */
  IrLocal temporary(String key, IrType type) {
    return add(key, new IrLocal("t", type, IrLocal.Origin.TEMPORARY));
  }

  /** A variable that is called {@code key} here, and {@code name} in the user's code. */
  IrLocal sibling(String key, String name, IrType type) {
    return add(key, new IrLocal(name, type, IrLocal.Origin.DECLARED));
  }

  private IrLocal add(String key, IrLocal local) {
    locals.put(key, local);
    return local;
  }

  IrLabel label(String name) {
    return labels.computeIfAbsent(name, IrLabel::new);
  }

  IrBody body(IrType result, IrStmt... statements) {
    return new IrBody(parameters, result, List.of(statements), reserved);
  }

  // Code

  Code code(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher hole = HOLE.matcher(text);
    int end = 0;
    while (hole.find()) {
      parts.add(new Part.Text(text.substring(end, hole.start())));
      end = hole.end();
      if (hole.group(1) != null) {
        Part.JumpKind kind =
            hole.group(1).equals("break") ? Part.JumpKind.BREAK : Part.JumpKind.CONTINUE;
        parts.add(new Part.Jump(kind, Optional.of(label(hole.group(2))), Optional.empty()));
        end++;
      } else if (hole.group(5) == null) {
        Optional<Code> value = Optional.ofNullable(hole.group(3)).map(this::code);
        parts.add(new Part.Jump(Part.JumpKind.RETURN, Optional.empty(), value));
        end++;
      } else {
        parts.add(variable(hole.group(4), require(hole.group(5))));
      }
    }
    parts.add(new Part.Text(text.substring(end)));
    return new Code(parts);
  }

  private static Part variable(String mark, IrLocal local) {
    return switch (mark) {
      case "^" -> new Part.Read(local, Part.Place.CAPTURE);
      case "=" -> new Part.Write(local, Part.Mode.SET);
      case "~" -> new Part.Write(local, Part.Mode.UPDATE);
      case ":" -> new Part.Declare(local);
      default -> new Part.Read(local, Part.Place.BODY);
    };
  }

  IrLocal require(String key) {
    IrLocal local = locals.get(key);
    if (local == null) {
      throw new IllegalArgumentException("no variable " + key);
    }
    return local;
  }

  Plain plain(String text, IrType type) {
    return new Plain(code(text), type, Stability.ANY);
  }

  private Span span(String text) {
    return new Span(line++, text.replaceAll("@[\\^=~:]?", "").replaceAll("\\s+", " "));
  }

  // Statements

  IrStmt exec(String text) {
    return new IrStmt.Exec(code(text), span(text));
  }

  IrStmt declare(String key, String value) {
    IrLocal local = require(key);
    return new IrStmt.Declare(local, Optional.of(plain(value, local.type())), span(value));
  }

  IrStmt declare(String key) {
    return new IrStmt.Declare(require(key), Optional.empty(), span(key));
  }

  IrStmt await(String operand) {
    return new IrStmt.Suspend(
        IrStmt.Suspend.Reason.AWAIT,
        code(operand),
        OBJECT,
        Optional.empty(),
        OBJECT,
        span("await(" + operand + ")"));
  }

  IrStmt awaitInto(String key, String operand) {
    IrLocal local = require(key);
    return new IrStmt.Suspend(
        IrStmt.Suspend.Reason.AWAIT,
        code(operand),
        OBJECT,
        Optional.of(local),
        local.type(),
        span(key + " = await(" + operand + ")"));
  }

  IrStmt emit(String value) {
    return new IrStmt.Suspend(
        IrStmt.Suspend.Reason.EMIT,
        code(value),
        OBJECT,
        Optional.empty(),
        OBJECT,
        span("out.emit(" + value + ")"));
  }

  static IrStmt block(IrStmt... statements) {
    return new IrStmt.Block(List.of(statements));
  }

  IrStmt when(String condition, IrStmt then) {
    return new IrStmt.If(
        plain(condition, CommonTypes.BOOLEAN), then, Optional.empty(), span(condition));
  }

  IrStmt when(String condition, IrStmt then, IrStmt otherwise) {
    return new IrStmt.If(
        plain(condition, CommonTypes.BOOLEAN), then, Optional.of(otherwise), span(condition));
  }

  IrStmt loop(String label, String condition, IrStmt body, IrStmt... update) {
    return new IrStmt.Loop(
        label(label),
        IrStmt.Loop.Test.BEFORE,
        condition.isEmpty() ? Optional.empty() : Optional.of(plain(condition, CommonTypes.BOOLEAN)),
        body,
        List.of(update),
        span(condition));
  }

  IrStmt doLoop(String label, IrStmt body, String condition) {
    return new IrStmt.Loop(
        label(label),
        IrStmt.Loop.Test.AFTER,
        Optional.of(plain(condition, CommonTypes.BOOLEAN)),
        body,
        List.of(),
        span(condition));
  }

  IrStmt labeled(String label, IrStmt statement) {
    return new IrStmt.Labeled(label(label), statement);
  }

  IrStmt.Catch catching(String type, String key, IrStmt... body) {
    return new IrStmt.Catch(types(type), require(key), List.of(body));
  }

  private static List<IrType> types(String names) {
    return Arrays.stream(names.split("\\|"))
        .<IrType>map(name -> IrType.Declared.of("java.lang", name.strip()))
        .toList();
  }

  IrStmt tryCatch(List<IrStmt> body, IrStmt.Catch... catches) {
    return new IrStmt.Try(body, List.of(catches), Optional.empty(), Span.NONE);
  }

  IrStmt tryFinally(List<IrStmt> body, List<IrStmt> finallyBody, IrStmt.Catch... catches) {
    return new IrStmt.Try(body, List.of(catches), Optional.of(finallyBody), Span.NONE);
  }

  IrStmt choose(String label, String selector, IrType type, IrStmt.Case... cases) {
    return choose(label, IrStmt.Switch.Form.STATEMENT, selector, type, cases);
  }

  IrStmt choose(
      String label, IrStmt.Switch.Form form, String selector, IrType type, IrStmt.Case... cases) {
    return new IrStmt.Switch(
        label(label), form, plain(selector, type), List.of(cases), span(selector));
  }

  IrStmt.Case fallsThrough(String caseLabel, IrStmt... body) {
    return oneCase(caseLabel, IrStmt.Case.End.FALLS_THROUGH, body);
  }

  IrStmt.Case breaks(String caseLabel, IrStmt... body) {
    return oneCase(caseLabel, IrStmt.Case.End.BREAKS, body);
  }

  private IrStmt.Case oneCase(String caseLabel, IrStmt.Case.End end, IrStmt... body) {
    IrStmt.Case.Takes takes =
        caseLabel.equals("default") ? IrStmt.Case.Takes.REST : IrStmt.Case.Takes.SOME;
    return new IrStmt.Case(code(caseLabel), takes, List.of(), Optional.empty(), List.of(body), end);
  }

  IrStmt throwing(String exception) {
    return new IrStmt.Throw(plain(exception, CommonTypes.THROWABLE), span(exception));
  }

  IrStmt giving(String value, IrType type) {
    return new IrStmt.Return(Optional.of(plain(value, type)), span(value));
  }

  IrStmt giving() {
    return new IrStmt.Return(Optional.empty(), span("return"));
  }

  IrStmt breaking(String label) {
    return new IrStmt.Break(label(label), span("break"));
  }

  IrStmt continuing(String label) {
    return new IrStmt.Continue(label(label), span("continue"));
  }
}
