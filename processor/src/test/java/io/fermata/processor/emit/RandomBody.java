package io.fermata.processor.emit;

import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrStmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a random body: control flow of every kind, with resume points everywhere.
 *
 * <p>Jumps and throws stand behind {@code Hello.coin()}, so that javac holds nothing unreachable,
 * and {@code Hello.coin()} ends programs that run too long.
 */
final class RandomBody {
  private static final List<String> NAMES = List.of("a", "b", "c", "task", "state", "sent");

  private final Random random;
  private final BodyText text = new BodyText();
  private final List<Var> scope = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private int counter;
  private int budget;

  private record Var(String key, String name, boolean isInt, boolean isFinal) {}

  private record Label(String name, boolean isLoop) {}

  RandomBody(long seed) {
    random = new Random(seed);
    budget = 6 + random.nextInt(40);
  }

  IrBody build() {
    text.parameter("n", CommonTypes.INT);
    text.parameter("what", BodyText.STRING);
    scope.add(new Var("n", "n", true, random.nextBoolean()));
    scope.add(new Var("what", "what", false, random.nextBoolean()));
    List<IrStmt> statements = statements(0);
    statements.add(text.exec("Hello.trace(\"end\");"));
    statements.add(text.giving(value(false), BodyText.STRING));
    return text.body(BodyText.STRING, statements.toArray(IrStmt[]::new));
  }

  private List<IrStmt> statements(int depth) {
    int outer = scope.size();
    List<IrStmt> statements = new ArrayList<>();
    int count = 1 + random.nextInt(depth == 0 ? 7 : 4);
    for (int i = 0; i < count && budget > 0; i++) {
      budget--;
      statements.add(statement(depth));
    }
    while (scope.size() > outer) {
      scope.remove(scope.size() - 1);
    }
    return statements;
  }

  private IrStmt block(int depth) {
    return new IrStmt.Block(statements(depth));
  }

  private IrStmt statement(int depth) {
    int kind = random.nextInt(depth > 4 ? 9 : 20);
    return switch (kind) {
      case 0, 1 -> text.await(give(value(random.nextBoolean())));
      case 2 -> awaitInto();
      case 3 -> declare();
      case 4 -> declareFrom();
      case 5 -> assign();
      case 6 -> text.exec("Hello.trace(" + value(random.nextBoolean()) + ");");
      case 7 -> capture();
      case 8 -> jump();
      case 9 -> plainLoop();
      case 10, 11 -> branch(depth);
      case 12, 13 -> loop(depth);
      case 14 -> labeled(depth);
      case 15 -> choose(depth);
      case 16, 17 -> tryFinally(depth);
      case 18 -> tryCatch(depth);
      default -> tryAll(depth);
    };
  }

  // Variables and values

  private Var fresh(boolean isFinal) {
    List<String> free = new ArrayList<>(NAMES);
    scope.forEach(var -> free.remove(var.name()));
    String name = free.isEmpty() ? "v" + counter : free.get(random.nextInt(free.size()));
    Var var = new Var("k" + counter++, name, random.nextInt(3) == 0, isFinal);
    text.sibling(var.key(), var.name(), var.isInt() ? CommonTypes.INT : BodyText.STRING);
    return var;
  }

  private String value(boolean isInt) {
    List<Var> fit = scope.stream().filter(var -> var.isInt() == isInt).toList();
    if (fit.isEmpty() || random.nextInt(4) == 0) {
      return isInt ? "Hello.number(" + counter++ + ")" : "\"s" + counter++ + "\"";
    }
    Var one = fit.get(random.nextInt(fit.size()));
    if (random.nextInt(3) == 0) {
      Var two = fit.get(random.nextInt(fit.size()));
      return isInt
          ? "@" + one.key() + " + @" + two.key()
          : "Hello.cat(@" + one.key() + ", @" + two.key() + ")";
    }
    return "@" + one.key();
  }

  private String give(String value) {
    return "Hello.give(" + counter++ + ", " + value + ")";
  }

  private IrStmt declare() {
    Var var = fresh(random.nextBoolean());
    IrStmt statement = text.declare(var.key(), value(var.isInt()));
    scope.add(var);
    return statement;
  }

  private IrStmt declareFrom() {
    Var var = fresh(random.nextBoolean());
    IrStmt statement = text.awaitInto(var.key(), give(value(var.isInt())));
    IrStmt declaration = text.declare(var.key());
    scope.add(var);
    return new Pair(declaration, statement).asBlock();
  }

  /** A declaration must be seen by what follows: the flow pass opens blocks, Java would not. */
  private record Pair(IrStmt one, IrStmt two) {
    IrStmt asBlock() {
      return new IrStmt.Block(List.of(one, two));
    }
  }

  private IrStmt awaitInto() {
    List<Var> fit = scope.stream().filter(var -> !var.isFinal()).toList();
    if (fit.isEmpty()) {
      return declareFrom();
    }
    Var var = fit.get(random.nextInt(fit.size()));
    return text.awaitInto(var.key(), give(value(var.isInt())));
  }

  private IrStmt assign() {
    List<Var> fit = scope.stream().filter(var -> !var.isFinal()).toList();
    if (fit.isEmpty()) {
      return declare();
    }
    Var var = fit.get(random.nextInt(fit.size()));
    return text.exec("@=" + var.key() + " = " + value(var.isInt()) + ";");
  }

  private IrStmt capture() {
    List<Var> fit = scope.stream().filter(Var::isFinal).toList();
    if (fit.isEmpty()) {
      return text.exec("Hello.trace(\"none\");");
    }
    Var var = fit.get(random.nextInt(fit.size()));
    return text.exec("Hello.keep(() -> Hello.trace(\"kept \" + @^" + var.key() + "));");
  }

  // Control

  private IrStmt jump() {
    int kind = random.nextInt(4);
    boolean plain = random.nextInt(3) == 0;
    if (kind == 0 || labels.isEmpty()) {
      if (kind == 1) {
        return text.when(coin(), text.throwing("Hello.failure(" + counter++ + ")"));
      }
      return plain
          ? text.exec("if (" + coin() + ") @return(" + value(false) + ");")
          : text.when(coin(), text.giving(value(false), BodyText.STRING));
    }
    Label label = labels.get(random.nextInt(labels.size()));
    String word = label.isLoop() && random.nextBoolean() ? "continue" : "break";
    if (plain) {
      return text.exec("if (" + coin() + ") @" + word + "(" + label.name() + ");");
    }
    return text.when(
        coin(), word.equals("break") ? text.breaking(label.name()) : text.continuing(label.name()));
  }

  private static String coin() {
    return "Hello.coin()";
  }

  private IrStmt plainLoop() {
    String key = "k" + counter++;
    text.sibling(key, "i", CommonTypes.INT);
    String jump =
        labels.isEmpty()
            ? "@return(" + value(false) + ");"
            : "@break(" + labels.get(random.nextInt(labels.size())).name() + ");";
    return text.exec(
        "for (int @:K = 0; @K < 3; @~K++) {\n  Hello.trace(@K);\n  if (Hello.coin()) J\n}"
            .replace("K", key)
            .replace("J", jump));
  }

  private IrStmt branch(int depth) {
    return random.nextBoolean()
        ? text.when(coin(), block(depth + 1))
        : text.when(coin(), block(depth + 1), block(depth + 1));
  }

  private IrStmt loop(int depth) {
    Label label = new Label("l" + counter++, true);
    labels.add(label);
    IrStmt loop =
        switch (random.nextInt(3)) {
          case 0 -> text.doLoop(label.name(), block(depth + 1), coin());
          case 1 ->
              text.loop(
                  label.name(),
                  coin(),
                  block(depth + 1),
                  text.await(give(value(true))),
                  text.exec("Hello.trace(\"next\");"));
          default -> text.loop(label.name(), coin(), block(depth + 1));
        };
    labels.remove(label);
    return loop;
  }

  private IrStmt labeled(int depth) {
    Label label = new Label("l" + counter++, false);
    labels.add(label);
    IrStmt labeled = text.labeled(label.name(), block(depth + 1));
    labels.remove(label);
    return labeled;
  }

  private IrStmt choose(int depth) {
    Label label = new Label("l" + counter++, false);
    List<IrStmt.Case> cases = new ArrayList<>();
    String selector = "Hello.number(" + counter++ + ") & 3";
    labels.add(label);
    boolean arrows = random.nextBoolean();
    for (int i = 0; i < 3; i++) {
      String name = i == 2 && random.nextBoolean() ? "default" : "case " + i;
      IrStmt body = block(depth + 1);
      cases.add(arrows ? text.breaks(name, body) : text.fallsThrough(name, body));
    }
    labels.remove(label);
    return text.choose(label.name(), selector, CommonTypes.INT, cases.toArray(IrStmt.Case[]::new));
  }

  private IrStmt tryFinally(int depth) {
    return text.tryFinally(statements(depth + 1), statements(depth + 1));
  }

  private IrStmt tryCatch(int depth) {
    return text.tryCatch(statements(depth + 1), catching(depth));
  }

  private IrStmt tryAll(int depth) {
    return text.tryFinally(statements(depth + 1), statements(depth + 1), catching(depth));
  }

  private IrStmt.Catch catching(int depth) {
    String key = "k" + counter++;
    String type =
        List.of("IllegalStateException", "RuntimeException", "Throwable").get(random.nextInt(3));
    text.sibling(
        key, "e" + counter++, io.fermata.processor.ir.IrType.Declared.of("java.lang", type));
    List<IrStmt> body = new ArrayList<>();
    body.add(text.exec("Hello.caught(@" + key + ");"));
    body.addAll(statements(depth + 1));
    return text.catching(type, key, body.toArray(IrStmt[]::new));
  }
}
