package io.fermata.conformance.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes a random program: well-typed Java that ends, whose every effect is traced.
 *
 * <p>A program is a class with helpers (coroutines, generators) and a case {@code run(Env)}. Loops
 * are bounded by a counter or by the fuel that {@code more()} uses up. The same seed gives the same
 * program.
 */
final class ProgramWriter {
  /** The head of what is run. */
  static final String CASE = "static Object run(Env env)";

  private static final List<String> TYPES =
      List.of(
          "int", "int", "int", "int", "boolean", "String", "String", "long", "int[]", "Box",
          "Integer", "Object", "char", "byte", "double");
  private static final List<String> CAUGHT =
      List.of(
          "Boom",
          "Boom",
          "RuntimeException",
          "Exception",
          "ArithmeticException",
          "Boom | ArithmeticException",
          "CancelledError",
          "Error",
          "Throwable");
  private static final List<String> CAUGHT_BY_GENERATORS =
      List.of("Boom", "RuntimeException", "ArithmeticException");

  private static final String FACTORY = "IntFunction<Coro<Integer>> ";

  /** A local that can be used. */
  private record Local(String name, String type, boolean capturable) {}

  /** A statement that can be left by a jump. */
  private static final class Target {
    final String label;
    final boolean loop;
    boolean broken;

    Target(String label, boolean loop) {
      this.label = label;
      this.loop = loop;
    }
  }

  /** What may stand where code is written. */
  private static final class Place {
    final List<Local> locals = new ArrayList<>();
    final Deque<Target> targets = new ArrayDeque<>();
    boolean await = true;
    boolean emit;
    boolean generator;

    /** Whether an {@code IOException} is handled around. */
    boolean checked;

    boolean instance;

    /** Whether operands of an expression around wait: javac 17 fails on a try there. */
    boolean operands;

    String returns = "Object";
    String yields = "";
  }

  private final String name;
  private final Random random;
  private final List<Supplier<Node>> helperCalls = new ArrayList<>();
  private final List<Supplier<String>> sequences = new ArrayList<>();
  private Place at = new Place();
  private boolean generic;
  private boolean throwing;
  private int tags;
  private int labels;
  private int budget;

  private ProgramWriter(String name, long seed) {
    this.name = name;
    this.random = new Random(seed * 31 + 17);
  }

  /** The program of {@code seed}, as class {@code name} in package {@code fuzzed}. */
  static Node write(String name, long seed) {
    return new ProgramWriter(name, seed).program();
  }

  private Node program() {
    List<Node> members = new ArrayList<>();
    members.add(Node.statement("static int sn = 1;"));
    members.add(Node.statement("static int fuel;"));
    members.add(Node.statement("int fn = 3;"));
    members.add(Node.statement("String fs = \"f\";"));
    members.add(Node.statement("int[] fa = {4, 5};"));
    members.add(Node.statement("static boolean more() { return fuel-- > 0; }"));
    members.add(
        Node.statement(
            "static int plain(Env env, int a, int b) { env.trace(\"plain \" + a + \" \" + b);"
                + " return a * 2 - b; }"));
    members.add(
        Node.statement(
            "static String all(Env env, Object a, long b, int... c) { env.trace(\"all \" + a + b);"
                + " return \"\" + a + b + c.length; }"));
    members.add(Node.statement("int own(int a) { fn += a; return fn; }"));
    members.add(
        Node.statement(
            "class In { int k; In(Env env, int k) { env.trace(\"In \" + k); this.k = k; }"
                + " int get(int a) { return k + fn++ - a; } }"));
    if (chance(40)) {
      members.add(helper("y1", "Yielder<Integer>"));
    }
    if (chance(40)) {
      members.add(helper("g1", "Emitter<Integer>"));
    }
    if (!sequences.isEmpty() && chance(30)) {
      members.add(helper("g2", "Emitter<Integer>"));
    }
    if (chance(30)) {
      members.add(genericHelper());
    }
    if (chance(30)) {
      members.add(checkedHelper());
    }
    if (chance(50)) {
      members.add(helper("h1", "static"));
    }
    if (chance(50)) {
      members.add(helper("h2", "instance"));
    }
    members.add(run());
    return Node.other(
        "package fuzzed;\n",
        "import static io.fermata.Async.*;\n",
        "import io.fermata.*;\n",
        "import io.fermata.conformance.env.*;\n",
        "import io.fermata.conformance.script.Boom;\n",
        "import java.io.IOException;\n",
        "import java.util.*;\n",
        "import java.util.function.*;\n",
        "@SuppressWarnings(\"all\")\n",
        "final class " + name + " {\n",
        Node.list(members),
        "}\n");
  }

  private Node run() {
    at = new Place();
    budget = 14 + random.nextInt(30);
    Body body = body();
    List<Node> statements = new ArrayList<>();
    statements.add(Node.statement("sn = 1; fuel = 40;"));
    statements.addAll(body.statements);
    if (body.completes) {
      statements.add(Node.statement("return ", expression("Object", 3), ";"));
    }
    return Node.statement("@Coroutine\n" + CASE + " {\n", Node.list(statements), "}");
  }

  private Node helper(String helper, String kind) {
    at = new Place();
    budget = 6 + random.nextInt(10);
    boolean sequence = kind.contains("<");
    at.instance = kind.equals("instance");
    at.emit = sequence;
    at.generator = sequence;
    at.await = !kind.startsWith("Yielder");
    at.returns = sequence ? "void" : "int";
    at.locals.add(new Local("p0", "int", false));
    at.locals.add(new Local("p1", "String", false));
    Body body = body();
    List<Node> statements = new ArrayList<>(body.statements);
    if (body.completes && !sequence) {
      statements.add(Node.statement("return ", expression("int", 2), ";"));
    }
    String out = sequence ? kind + " out, " : "";
    String modifier = at.instance ? "" : "static ";
    Node method =
        Node.statement(
            "@Coroutine\n" + modifier + at.returns + " " + helper + "(" + out,
            "Env env, int p0, String p1) {\n",
            Node.list(statements),
            "}");
    if (!sequence) {
      String self = at.instance ? "new " + name + "(), " : "";
      helperCalls.add(
          () ->
              Node.expression(
                  "int",
                  "(int) await(" + name + "Async." + helper + "(" + self + "env, ",
                  expression("int", 1),
                  ", ",
                  expression("String", 1),
                  "))"));
    } else {
      sequences.add(() -> (kind.startsWith("Emitter") ? "async " : "") + helper);
    }
    return method;
  }

  private Node genericHelper() {
    at = new Place();
    budget = 4 + random.nextInt(8);
    at.returns = "";
    at.locals.add(new Local("p0", "hidden", false));
    at.locals.add(new Local("p1", "hidden", false));
    at.locals.add(new Local("p2", "int", false));
    Body before = body();
    String value = "env.value(\"" + tag() + "\", p0)";
    List<Node> statements = new ArrayList<>(before.statements);
    if (before.completes) {
      statements.add(Node.statement("p1.add(await(" + value + "));"));
      Body behind = body();
      statements.addAll(behind.statements);
      if (behind.completes) {
        Node condition = expression("boolean", 2);
        String other = "await(env.value(\"" + tag() + "\", p0))";
        statements.add(Node.statement("return ", condition, " ? p0 : " + other + ";"));
      }
    }
    generic = true;
    return Node.statement(
        "@Coroutine\nstatic <T, L extends List<? super T>> T hg(Env env, T p0, L p1, int p2) {\n",
        Node.list(statements),
        "}");
  }

  private Node checkedHelper() {
    at = new Place();
    budget = 6 + random.nextInt(8);
    at.returns = "int";
    at.checked = true;
    at.locals.add(new Local("p0", "int", false));
    Body body = body();
    List<Node> statements = new ArrayList<>(body.statements);
    if (body.completes) {
      statements.add(Node.statement("return ", expression("int", 2), ";"));
    }
    throwing = true;
    return Node.statement(
        "@Coroutine\nstatic int hx(Env env, int p0) throws IOException {\n",
        Node.list(statements),
        "}");
  }

  // ---- statements ----

  private record Body(List<Node> statements, boolean completes) {
    Node list() {
      return Node.list(statements);
    }
  }

  private record Written(Node node, boolean completes) {}

  private static Written completing(Object... parts) {
    return new Written(Node.statement(parts), true);
  }

  private Body body() {
    int scope = at.locals.size();
    List<Node> statements = new ArrayList<>();
    boolean completes = true;
    int length = 1 + random.nextInt(4);
    if (at.targets.isEmpty()) {
      length += 3;
    }
    for (int i = 0; i < length && completes && budget > 0; i++) {
      Written written = statement();
      statements.add(written.node);
      completes = written.completes;
    }
    while (at.locals.size() > scope) {
      at.locals.remove(at.locals.size() - 1);
    }
    return new Body(statements, completes);
  }

  private Written statement() {
    budget--;
    if (budget <= 0) {
      return completing(traced());
    }
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4 -> declaration();
      case 5, 6, 7 -> completing(assignment(), ";");
      case 8, 9 -> completing(traced());
      case 10, 11 -> ifStatement();
      case 12 -> whileLoop();
      case 13 -> doLoop();
      case 14 -> forLoop();
      case 15 -> forEach();
      case 16 -> endlessLoop();
      case 17, 18, 19, 20 -> tryStatement();
      case 21 -> resources();
      case 22 -> oldSwitch();
      case 23 -> arrowSwitch();
      case 24, 25 -> jump();
      case 26 -> labelledBlock();
      case 27 -> lambda();
      case 28 -> pattern();
      case 29 -> locked();
      case 30 -> sequenceLoop();
      case 31 -> localClass();
      case 32 ->
          at.emit
              ? completing(emitted())
              : at.await ? completing(awaiting(), ";") : completing(traced());
      case 33 -> checkedCall();
      case 34 -> methodReference();
      case 35 -> anonymousClass();
      case 36 -> coroutineFactory();
      case 37 -> negatedPattern();
      case 38 ->
          completing("assert ", expression("boolean", 2), " : ", expression("String", 2), ";");
      default -> at.emit ? completing(emitted()) : completing(traced());
    };
  }

  /** What throws a checked exception, where that is handled or declared. */
  private Written checkedCall() {
    if (!at.await || (!at.checked && at.operands)) {
      return completing(traced());
    }
    String variable = freshName();
    at.locals.add(new Local(variable, "hidden", false));
    Node call =
        throwing && chance(60)
            ? Node.expression("int", "await(" + name + "Async.hx(env, ", expression("int", 2), "))")
            : Node.expression(
                "int",
                "(int) await(env.<Integer>file(\"" + tag() + "\", ",
                expression("int", 2),
                "), IOException.class)");
    at.locals.set(at.locals.size() - 1, new Local(variable, "int", false));
    if (at.checked) {
      return completing("int " + variable + " = ", call, ";");
    }
    at.checked = true;
    Body body = body();
    at.checked = false;
    at.locals.remove(at.locals.size() - 1);
    String caught = freshName();
    at.locals.add(new Local(caught, "caught", true));
    Body handler = body();
    at.locals.remove(at.locals.size() - 1);
    return new Written(
        Node.statement(
            "try {\nint " + variable + " = ",
            call,
            ";\n",
            body.list(),
            "} catch (IOException " + caught + ") {\nenv.caught(" + caught + ");\n",
            handler.list(),
            "}"),
        body.completes || handler.completes);
  }

  /** A method reference: its receiver is evaluated once, here. */
  private Written methodReference() {
    String variable = freshName();
    at.locals.add(new Local(variable, "hidden", false));
    Node receiver = receiver();
    at.locals.set(at.locals.size() - 1, new Local(variable, "adder", true));
    return completing("IntFunction<Box> " + variable + " = ", receiver, "::add;");
  }

  private Written anonymousClass() {
    String variable = freshName();
    at.locals.add(new Local(variable, "hidden", false));
    Place outer = at;
    at = inner(outer);
    at.await = false;
    at.instance = false;
    Node first = expression("int", 1);
    Node computed = expression("int", 2);
    at = outer;
    at.locals.set(at.locals.size() - 1, new Local(variable, "supplier", true));
    return completing(
        "IntSupplier " + variable + " = new IntSupplier() {\nint m = ",
        first,
        ";\npublic int getAsInt() { return m++ + ",
        computed,
        "; }\n};");
  }

  /** A plain lambda, or a method of a class in the body, that makes coroutines. */
  private Written coroutineFactory() {
    if (!at.await) {
      return completing(traced());
    }
    String variable = freshName();
    at.locals.add(new Local(variable, "hidden", false));
    boolean lambda = chance(40);
    Place outer = at;
    at = inner(outer);
    at.locals.add(new Local(variable + "x", "int", true));
    if (!lambda) {
      at.locals.add(new Local(variable + "m", "int", false));
    }
    at.returns = "int";
    at.instance = lambda && outer.instance;
    budget--;
    Body body = body();
    Node result = body.completes ? expression("int", 2) : Node.other("");
    at = outer;
    at.locals.set(at.locals.size() - 1, new Local(variable, "factory", true));
    return lambda
        ? factoryLambda(variable, body, result)
        : factoryClass(variable, body, result, chance(50));
  }

  private Written factoryLambda(String variable, Body body, Node result) {
    return completing(FACTORY + variable + " = " + variable + "x -> ", made(body, result, ""), ";");
  }

  /** The coroutine uses members of the class, and a type that its method declares. */
  private Written factoryClass(String variable, Body body, Node result, boolean named) {
    String type = "F" + variable;
    String pair = "P" + variable;
    Node made = made(body, result, " + help(" + variable + "p.a())");
    Object[] members = {
      "int " + variable + "m = " + literalText("int") + ";\n",
      "private int help(int a) { return " + variable + "m += a; }\n",
      "public Coro<Integer> apply(int " + variable + "x) {\n",
      "record " + pair + "(int a) {}\n",
      pair + " " + variable + "p = new " + pair + "(" + variable + "x);\nreturn ",
      made,
      ";\n}\n}"
    };
    return named
        ? completing(
            Node.statement(
                "class " + type + " implements IntFunction<Coro<Integer>> {\n",
                Node.other(members),
                "\n"),
            FACTORY + variable + " = new " + type + "();")
        : completing(FACTORY + variable + " = new IntFunction<>() {\n", Node.other(members), ";");
  }

  private static Node made(Body body, Node result, String more) {
    return Node.other(
        "Async.<Integer, RuntimeException>async(() -> {\n",
        body.list(),
        body.completes ? Node.statement("return ", result, more + ";") : Node.other(""),
        "})");
  }

  /** {@code if (!(x instanceof T v)) …}, with {@code v} in scope behind it. */
  private Written negatedPattern() {
    String type = pick(List.of("String", "Integer", "Box"));
    Node subject = expression("Object", 2);
    Node jump = leave();
    String variable = freshName();
    at.locals.add(new Local(variable, type, true));
    return completing(
        "if (!(((Object) (",
        subject,
        ")) instanceof " + type + " " + variable + ")) {\n",
        jump,
        "\n}");
  }

  private Node emitted() {
    String method = at.await ? "emit" : "yield";
    if (at.await && !sequences.isEmpty() && chance(25)) {
      String sequence = pick(sequences).get();
      if (sequence.startsWith("async ")) {
        return Node.statement(
            "out.emitAll(" + name + "Async." + sequence.substring(6) + "(env, ",
            expression("int", 1),
            ", \"" + tag() + "\"));");
      }
    }
    return Node.statement("out." + method + "(", expression("int", 2), ");");
  }

  private Node traced() {
    return Node.statement("env.trace(\"" + tag() + "\", ", expression(anyType(), 3), ");");
  }

  private Written declaration() {
    String type = anyType();
    String variable = freshName();
    boolean capturable = chance(40);
    at.locals.add(new Local(variable, "hidden", false));
    boolean free = !at.operands && chance(15);
    Node value = free ? switchExpression(type, 3, true) : expression(type, 3);
    Node condition = expression("boolean", 2);
    at.locals.set(at.locals.size() - 1, new Local(variable, type, capturable));
    if (!capturable && chance(15)) {
      return completing(
          type + " " + variable + ";\nif (",
          condition,
          ") { " + variable + " = ",
          value,
          "; } else { " + variable + " = ",
          literal(type),
          "; }");
    }
    boolean inferred = chance(20) && !type.equals("byte") && !type.equals("char");
    String declared = inferred && !type.equals("int[]") ? "var" : type;
    if (declared.equals("var")) {
      value = Node.expression(type, "(" + type + ") (", value, ")");
    }
    return completing(
        (capturable && chance(30) ? "final " : "") + declared + " " + variable + " = ", value, ";");
  }

  private Written ifStatement() {
    Node condition = expression("boolean", 3);
    Body then = body();
    if (chance(50)) {
      return completing("if (", condition, ") {\n", then.list(), "}");
    }
    Body otherwise = body();
    return new Written(
        Node.statement(
            "if (", condition, ") {\n", then.list(), "} else {\n", otherwise.list(), "}"),
        then.completes || otherwise.completes);
  }

  private Target enter(boolean loop) {
    Target target = new Target("l" + labels++, loop);
    at.targets.push(target);
    return target;
  }

  private Written whileLoop() {
    Target target = enter(true);
    Node condition = expression("boolean", 2);
    Body body = body();
    at.targets.pop();
    return completing(target.label + ":\nwhile (", condition, " && more()) {\n", body.list(), "}");
  }

  private Written doLoop() {
    Target target = enter(true);
    Body body = body();
    at.targets.pop();
    return completing(
        target.label + ":\ndo {\nif (!more()) break;\n",
        body.list(),
        "} while (",
        expression("boolean", 2),
        ");");
  }

  private Written forLoop() {
    Target target = enter(true);
    String index = freshName();
    at.locals.add(new Local(index, "hidden", false));
    Node start = chance(30) ? expression("int", 1) : literal("int", "0");
    at.locals.set(at.locals.size() - 1, new Local(index, "loop", false));
    Node condition = chance(30) ? expression("boolean", 2) : literal("boolean", "true");
    Body body = body();
    Node update = at.await && chance(40) ? Node.other(", ", awaiting()) : Node.other("");
    at.locals.remove(at.locals.size() - 1);
    at.targets.pop();
    return completing(
        target.label + ":\nfor (int " + index + " = ",
        start,
        "; " + index + " < " + (1 + random.nextInt(3)) + " && ",
        condition,
        " && more(); " + index + "++",
        update,
        ") {\n",
        body.list(),
        "}");
  }

  private Written forEach() {
    boolean overArray = chance(50);
    Node subject =
        overArray
            ? expression("int[]", 2)
            : Node.expression(
                "List<String>", "List.of(", expression("String", 1), ", ", nonNullString(), ")");
    Target target = enter(true);
    String variable = freshName();
    at.locals.add(new Local(variable, overArray ? "int" : "String", true));
    Body body = body();
    at.locals.remove(at.locals.size() - 1);
    at.targets.pop();
    return completing(
        target.label + ":\nfor (" + (overArray ? "int " : "String ") + variable + " : ",
        subject,
        ") {\nif (!more()) break;\n",
        body.list(),
        "}");
  }

  private Node nonNullString() {
    return Node.expression("String", "\"\" + ", expression("int", 2));
  }

  private Written endlessLoop() {
    Target target = enter(true);
    Body body = body();
    at.targets.pop();
    String head = chance(50) ? "while (true)" : "for (; ; )";
    return completing(target.label + ":\n" + head + " {\nif (!more()) break;\n", body.list(), "}");
  }

  private Written tryStatement() {
    if (at.operands) {
      return completing(traced());
    }
    boolean handlers = chance(70);
    boolean last = !handlers || chance(60);
    Body body = body();
    boolean completes = body.completes;
    List<Object> parts = new ArrayList<>();
    parts.add("try {\n");
    parts.add(body.list());
    parts.add("}");
    if (handlers) {
      String variable = freshName();
      String type = pick(at.generator ? CAUGHT_BY_GENERATORS : CAUGHT);
      at.locals.add(new Local(variable, "caught", true));
      Body handler = body();
      completes |= handler.completes;
      parts.add(" catch (" + type + " " + variable + ") {\nenv.caught(" + variable + ");\n");
      parts.add(handler.list());
      parts.add("}");
      if (type.equals("Boom") && chance(30)) {
        Body second = body();
        completes |= second.completes;
        parts.add(" catch (RuntimeException " + variable + ") {\nenv.caught(" + variable + ");\n");
        parts.add(second.list());
        parts.add("}");
      }
      at.locals.remove(at.locals.size() - 1);
    }
    if (last) {
      boolean emit = at.emit;
      at.emit = false;
      Deque<Target> targets = new ArrayDeque<>(at.targets);
      String returns = at.returns;
      if (at.generator) {
        at.targets.clear();
        at.returns = "";
      }
      Body end = body();
      at.targets.clear();
      at.targets.addAll(targets);
      at.returns = returns;
      at.emit = emit;
      completes &= end.completes;
      parts.add(" finally {\n");
      parts.add(end.list());
      parts.add("}");
    }
    return new Written(new Node(Node.Kind.STATEMENT, "", parts), completes);
  }

  private Written resources() {
    if (at.operands) {
      return completing(traced());
    }
    List<Object> parts = new ArrayList<>();
    parts.add("try (");
    int count = 1 + random.nextInt(2);
    int scope = at.locals.size();
    for (int i = 0; i < count; i++) {
      String variable = freshName();
      boolean asyncScope = at.await && chance(50);
      String made =
          asyncScope
              ? "Scope "
                  + variable
                  + " = env.scope(\""
                  + tag()
                  + "\""
                  + (chance(25) ? ", Scope.Manner." + pick(List.of("REPLACES", "FAILS")) : "")
                  + ")"
              : "Resource "
                  + variable
                  + " = env."
                  + (chance(25) ? "badResource" : "resource")
                  + "(\""
                  + tag()
                  + "\")";
      parts.add(made + (i < count - 1 ? ";\n" : ""));
      at.locals.add(new Local(variable, "resource", true));
    }
    Body body = body();
    while (at.locals.size() > scope) {
      at.locals.remove(at.locals.size() - 1);
    }
    parts.add(") {\n");
    parts.add(body.list());
    parts.add("}");
    boolean completes = body.completes;
    if (chance(40)) {
      String variable = freshName();
      at.locals.add(new Local(variable, "caught", true));
      Body handler = body();
      at.locals.remove(at.locals.size() - 1);
      completes |= handler.completes;
      parts.add(" catch (Boom " + variable + ") {\nenv.caught(" + variable + ");\n");
      parts.add(handler.list());
      parts.add("}");
    }
    return new Written(new Node(Node.Kind.STATEMENT, "", parts), completes);
  }

  private Written oldSwitch() {
    Target target = enter(false);
    boolean onStrings = chance(30);
    List<Object> parts = new ArrayList<>();
    parts.add(target.label + ":\nswitch (");
    parts.add(
        onStrings
            ? expression("String", 2)
            : Node.expression("int", "(", expression("int", 2), ") & 3"));
    parts.add(") {\n");
    for (int i = 0; i < 3; i++) {
      parts.add(onStrings ? "case \"" + "abc".charAt(i) + "\":\n" : "case " + i + ":\n");
      Body body = body();
      parts.add("{\n");
      parts.add(body.list());
      parts.add("}\n");
      if (body.completes && chance(60)) {
        parts.add("break;\n");
      }
    }
    if (chance(60)) {
      Body body = body();
      parts.add("default: {\n");
      parts.add(body.list());
      parts.add("}\n");
    }
    parts.add("case " + (onStrings ? "\"d\"" : "77") + ":\n}");
    at.targets.pop();
    return new Written(new Node(Node.Kind.STATEMENT, "", parts), true);
  }

  private Written arrowSwitch() {
    Target target = enter(false);
    List<Object> parts = new ArrayList<>();
    parts.add(target.label + ":\nswitch (");
    parts.add(Node.expression("Color", "Color.values()[(", expression("int", 2), ") & 1]"));
    parts.add(") {\ncase RED -> {\n");
    parts.add(body().list());
    parts.add("}\ncase GREEN, BLUE -> ");
    parts.add(Node.expression("int", assignment()));
    parts.add(";\n");
    parts.add("}");
    at.targets.pop();
    return new Written(new Node(Node.Kind.STATEMENT, "", parts), true);
  }

  private Written labelledBlock() {
    Target target = enter(false);
    Body body = body();
    at.targets.pop();
    return new Written(
        Node.statement(target.label + ": {\n", body.list(), "}"), body.completes || target.broken);
  }

  private Written jump() {
    boolean conditional = chance(75);
    Node jump = leave();
    if (conditional) {
      return completing("if (", expression("boolean", 2), ") {\n", jump, "\n}");
    }
    return new Written(jump, false);
  }

  private Node leave() {
    int dice = random.nextInt(10);
    if (!at.targets.isEmpty() && dice < 6) {
      List<Target> all = new ArrayList<>(at.targets);
      Target target = all.get(random.nextInt(all.size()));
      if (target.loop && chance(50)) {
        return Node.statement("continue " + target.label + ";");
      }
      target.broken = true;
      return Node.statement("break " + target.label + ";");
    }
    if (!at.yields.isEmpty() && dice < 8) {
      return yielded(at.yields, 2);
    }
    if (at.returns.equals("void") && dice < 8) {
      return Node.statement("return;");
    }
    if (!at.returns.isEmpty() && !at.returns.equals("void") && dice < 8) {
      return Node.statement("return ", expression(at.returns, 3), ";");
    }
    return Node.statement("throw env.boom(\"" + tag() + "\");");
  }

  /** {@code yield (x);} would be a method call, hence the tag. */
  private Node yielded(String type, int depth) {
    return Node.statement(
        "yield env.<" + boxed(type) + ">tag(\"" + tag() + "\", ", expression(type, depth), ");\n");
  }

  private Written lambda() {
    String variable = freshName();
    String parameter = variable + "x";
    at.locals.add(new Local(variable, "hidden", false));
    Place outer = at;
    at = inner(outer);
    at.await = false;
    at.locals.add(new Local(parameter, "int", true));
    Node value = expression("int", 2);
    at = outer;
    at.locals.set(at.locals.size() - 1, new Local(variable, "lambda", true));
    return completing("IntUnaryOperator " + variable + " = " + parameter + " -> ", value, ";");
  }

  /** A place inside a lambda or class: sees only what can be captured. */
  private static Place inner(Place outer) {
    Place inner = new Place();
    for (Local local : outer.locals) {
      if (local.capturable) {
        inner.locals.add(local);
      } else {
        inner.locals.add(new Local(local.name, "hidden", false));
      }
    }
    inner.instance = outer.instance;
    inner.generator = outer.generator;
    inner.returns = "";
    return inner;
  }

  private Written pattern() {
    String type = pick(List.of("String", "Integer", "Box"));
    Node subject = expression("Object", 2);
    String variable = freshName();
    at.locals.add(new Local(variable, type, true));
    Node condition = chance(50) ? Node.other(" && ", expression("boolean", 2)) : Node.other("");
    Body then = body();
    at.locals.remove(at.locals.size() - 1);
    return completing(
        "if (((Object) (",
        subject,
        ")) instanceof " + type + " " + variable,
        condition,
        ") {\n",
        then.list(),
        "}");
  }

  private Written locked() {
    if (at.operands) {
      return completing(traced());
    }
    boolean await = at.await;
    boolean emit = at.emit;
    at.await = false;
    at.emit = false;
    Body body = body();
    at.await = await;
    at.emit = emit;
    return new Written(Node.statement("synchronized (env) {\n", body.list(), "}"), body.completes);
  }

  private Written sequenceLoop() {
    if (sequences.isEmpty() || !at.await || at.generator || at.operands) {
      return completing(traced());
    }
    String sequence = pick(sequences).get();
    String helper = sequence.substring(sequence.indexOf(' ') + 1);
    Node start = expression("int", 1);
    Target target = enter(true);
    String variable = freshName();
    at.locals.add(new Local(variable, "int", true));
    Body body = body();
    at.locals.remove(at.locals.size() - 1);
    at.targets.pop();
    return completing(
        target.label + ":\nfor (int " + variable + " : " + name + "Async." + helper + "(env, ",
        start,
        ", \"" + tag() + "\")) {\nif (!more()) break;\n",
        body.list(),
        "}");
  }

  private Written localClass() {
    String variable = freshName();
    at.locals.add(new Local(variable, "hidden", false));
    Node value = expression("int", 2);
    Place outer = at;
    at = inner(outer);
    at.await = false;
    at.instance = false;
    at.locals.removeIf(local -> local.type.equals("self"));
    Node computed = expression("int", 2);
    at = outer;
    String type = "C" + variable;
    Node declared =
        chance(50)
            ? Node.statement(
                "class " + type + " implements IntSupplier {\nint m = ",
                literal("int"),
                ";\npublic int getAsInt() { return m++ + ",
                computed,
                "; }\n}\n")
            : Node.statement(
                "record " + type + "(int m) implements IntSupplier {\n",
                "public int getAsInt() { return m * 2; }\n}\n");
    boolean record = declared.parts().get(0).toString().startsWith("record");
    at.locals.set(at.locals.size() - 1, new Local(variable, "supplier", true));
    return completing(
        declared,
        "IntSupplier " + variable + " = new " + type + "(",
        record ? value : Node.other(""),
        ");");
  }

  // ---- expressions ----

  private Node assignment() {
    String type = anyType();
    List<Local> variables = mutable(type);
    if (!variables.isEmpty() && chance(60)) {
      Local variable = pick(variables);
      return assign(variable.name, type);
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> element();
      case 2 -> Node.expression("int", receiver(), ".n " + operator() + " ", expression("int", 2));
      case 3 -> at.instance ? assign("fn", "int") : assign("sn", "int");
      case 4 -> at.instance ? assign(chance(50) ? "fs" : "this.fs", "String") : assign("sn", "int");
      default -> Node.expression("String", receiver(), ".s += ", expression("String", 2));
    };
  }

  private Node element() {
    Node array = expression("int[]", 1);
    Node index =
        chance(85)
            ? Node.expression("int", "(", expression("int", 1), ") & 1")
            : expression("int", 1);
    return switch (random.nextInt(4)) {
      case 0 -> Node.expression("int", arrayTarget(array), "[", index, "]++");
      default ->
          Node.expression(
              "int", arrayTarget(array), "[", index, "] " + operator() + " ", expression("int", 2));
    };
  }

  private Node arrayTarget(Node array) {
    return Node.expression("int[]", "((int[]) ", array, ")");
  }

  private Node receiver() {
    return Node.expression("Box", "((Box) ", expression("Box", 1), ")");
  }

  private String operator() {
    return pick(List.of("=", "+=", "-=", "*=", "^=", "|=", "<<="));
  }

  private Node assign(String variable, String type) {
    String operator =
        switch (type) {
          case "int", "long" -> operator();
          case "byte", "char" -> pick(List.of("+=", "-=", "^="));
          case "double" -> pick(List.of("=", "+=", "*="));
          case "String" -> pick(List.of("=", "+="));
          case "boolean" -> pick(List.of("=", "&=", "|=", "^="));
          case "Integer" -> pick(List.of("=", "+="));
          default -> "=";
        };
    String valueType = type.equals("byte") || type.equals("char") ? "int" : type;
    return Node.expression(
        type,
        variable + " " + operator + " ",
        expression(operator.equals("=") ? type : valueType, 2));
  }

  private Node awaited(String type) {
    if (!at.await) {
      return literal(type);
    }
    String boxed = boxed(type);
    return Node.expression(
        type,
        "(" + type + ") await(env.<" + boxed + ">value(\"" + tag() + "\", ",
        expression(type, 1),
        "))");
  }

  /** An await for its effect. */
  private Node awaiting() {
    return Node.expression(
        "void", "await(env.value(\"" + tag() + "\", ", expression(anyType(), 2), "))");
  }

  private static String boxed(String type) {
    return switch (type) {
      case "int" -> "Integer";
      case "char" -> "Character";
      case "byte" -> "Byte";
      case "long" -> "Long";
      case "boolean" -> "Boolean";
      case "double" -> "Double";
      default -> type;
    };
  }

  private Node literal(String type, String text) {
    return Node.expression(type, text);
  }

  private Node literal(String type) {
    return literal(type, literalText(type));
  }

  private String literalText(String type) {
    return switch (type) {
      case "int" -> String.valueOf(random.nextInt(8) - 2);
      case "long" -> random.nextInt(100) + "L";
      case "boolean" ->
          chance(20) ? "true" : "env.b(\"" + tag() + "\", " + random.nextBoolean() + ")";
      case "String" -> "\"" + "abc".charAt(random.nextInt(3)) + "\"";
      case "int[]" -> "new int[] {" + random.nextInt(5) + ", 7}";
      case "Box" -> "new Box(env, " + random.nextInt(5) + ")";
      case "Integer" -> "Integer.valueOf(" + random.nextInt(9) + ")";
      case "Object" -> pick(List.of("\"o\"", "5", "null", "'c'"));
      case "char" -> "'" + (char) ('a' + random.nextInt(4)) + "'";
      case "byte" -> "(byte) " + random.nextInt(200);
      default -> random.nextInt(5) + ".5";
    };
  }

  private Node expression(String type, int depth) {
    if (depth <= 0) {
      return leaf(type);
    }
    int dice = random.nextInt(100);
    if (dice < 24) {
      return awaited(type);
    }
    if (dice < 38) {
      return leaf(type);
    }
    if (dice < 45) {
      return Node.expression(
          type,
          "(",
          expression("boolean", depth - 1),
          " ? ",
          expression(type, depth - 1),
          " : ",
          expression(type, depth - 1),
          ")");
    }
    if (dice < 50) {
      return Node.expression(
          type,
          "(" + type + ") env.<" + boxed(type) + ">tag(\"" + tag() + "\", ",
          expression(type, depth - 1),
          ")");
    }
    if (dice < 56) {
      List<Local> variables = mutable(type);
      if (!variables.isEmpty()) {
        return Node.expression(type, "(", assign(pick(variables).name, type), ")");
      }
    }
    if (dice < 61) {
      return switchExpression(type, depth, false);
    }
    if (dice < 63 && at.await) {
      return asyncLambda(type, depth);
    }
    if (dice < 65 && at.await && generic && type.equals(boxed(type)) && !type.equals("int[]")) {
      return Node.expression(
          type,
          "(" + type + ") await(" + name + "Async.hg(env, ",
          expression(type, depth - 1),
          ", new ArrayList<Object>(), ",
          expression("int", depth - 1),
          "))");
    }
    return operation(type, depth);
  }

  private Node leaf(String type) {
    List<Local> variables = at.locals.stream().filter(l -> l.type.equals(type)).toList();
    if (type.equals("int")) {
      variables =
          at.locals.stream().filter(l -> l.type.equals("int") || l.type.equals("loop")).toList();
    }
    return !variables.isEmpty() && chance(75) ? literal(type, pick(variables).name) : literal(type);
  }

  /** {@code free}: nothing is evaluated before it, so that a try may stand in it. */
  private Node switchExpression(String type, int depth, boolean free) {
    Deque<Target> targets = new ArrayDeque<>(at.targets);
    String returns = at.returns;
    String yields = at.yields;
    boolean emit = at.emit;
    boolean operands = at.operands;
    at.operands = !free;
    Node selector = expression("int", depth - 1);
    Node first = expression(type, depth - 1);
    at.targets.clear();
    at.returns = "";
    at.yields = type;
    at.emit = false;
    Node rest;
    if (budget > 3 && chance(50)) {
      budget -= 2;
      Body body = body();
      rest =
          Node.other("{\n", body.list(), body.completes ? yielded(type, 1) : Node.other(""), "}\n");
    } else {
      rest = Node.other(expression(type, depth - 1), ";\n");
    }
    at.targets.addAll(targets);
    at.returns = returns;
    at.yields = yields;
    at.emit = emit;
    at.operands = operands;
    return Node.expression(
        type,
        (free ? "" : "(" + type + ") ") + "switch ((",
        selector,
        ") & 3) {\ncase 0 -> ",
        first,
        ";\ncase 1, 2 -> ",
        rest,
        "default -> ",
        expression(type, depth - 1),
        ";\n}");
  }

  private Node asyncLambda(String type, int depth) {
    Place outer = at;
    at = inner(outer);
    at.returns = type;
    Node node;
    if (budget > 3 && chance(60)) {
      budget -= 2;
      Body body = body();
      node =
          Node.expression(
              type,
              "await(Async.<" + boxed(type) + ", RuntimeException>async(() -> {\n",
              body.list(),
              body.completes
                  ? Node.statement("return ", expression(type, 2), ";\n")
                  : Node.other(""),
              "}))");
    } else {
      node =
          Node.expression(
              type,
              "await(Async.<" + boxed(type) + ", RuntimeException>async(() -> ",
              expression(type, depth - 1),
              "))");
    }
    at = outer;
    return Node.expression(type, "(" + type + ") ", node);
  }

  private Node operation(String type, int depth) {
    int d = depth - 1;
    return switch (type) {
      case "int" -> intOperation(d);
      case "long" ->
          switch (random.nextInt(3)) {
            case 0 ->
                binary(
                    "long",
                    expression("long", d),
                    pick(List.of("+", "-", "*", "^")),
                    expression("int", d));
            case 1 ->
                binary(
                    "long",
                    expression("long", d),
                    pick(List.of("<<", ">>", ">>>")),
                    expression("int", d));
            default -> Node.expression("long", "(long) (", expression("double", d), ")");
          };
      case "boolean" -> booleanOperation(d);
      case "String" -> stringOperation(d);
      case "int[]" ->
          chance(70)
              ? Node.expression(
                  "int[]", "new int[] {", expression("int", d), ", ", expression("int", d), "}")
              : Node.expression("int[]", "new int[(", expression("int", d), ") & 3]");
      case "Box" ->
          switch (random.nextInt(5)) {
            case 4 -> {
              List<Local> adders = at.locals.stream().filter(l -> l.type.equals("adder")).toList();
              yield adders.isEmpty()
                  ? leaf("Box")
                  : Node.expression(
                      "Box", pick(adders).name + ".apply(", expression("int", d), ")");
            }
            case 0 ->
                Node.expression(
                    "Box", "((Box) ", expression("Box", d), ").add(", expression("int", d), ")");
            case 1 ->
                Node.expression(
                    "Box",
                    "(((Box) ",
                    expression("Box", d),
                    ").next = ",
                    expression("Box", d),
                    ")");
            default -> Node.expression("Box", "new Box(env, ", expression("int", d), ")");
          };
      case "Integer" -> Node.expression("Integer", "Integer.valueOf(", expression("int", d), ")");
      case "Object" ->
          expression(pick(List.of("int", "String", "Box", "long", "Integer", "char")), d);
      case "char" -> Node.expression("char", "(char) ('a' + ((", expression("int", d), ") & 7))");
      case "byte" -> Node.expression("byte", "(byte) (", expression("int", d), ")");
      default ->
          binary(
              "double",
              expression("double", d),
              pick(List.of("+", "*", "-", "/")),
              expression(pick(List.of("int", "double", "byte")), d));
    };
  }

  private Node intOperation(int d) {
    return switch (random.nextInt(20)) {
      case 17 ->
          Node.expression(
              "int",
              "new " + name + "().new In(env, ",
              expression("int", d),
              ").get(",
              expression("int", d),
              ")");
      case 18 -> {
        List<Local> factories = at.locals.stream().filter(l -> l.type.equals("factory")).toList();
        yield factories.isEmpty() || !at.await
            ? leaf("int")
            : Node.expression(
                "int",
                "(int) await(" + pick(factories).name + ".apply(",
                expression("int", d),
                "))");
      }
      case 0, 1, 2 ->
          binary(
              "int",
              expression("int", d),
              pick(List.of("+", "-", "*", "&", "|", "^")),
              expression("int", d));
      case 3 -> binary("int", expression("int", d), pick(List.of("/", "%")), expression("int", d));
      case 4 ->
          binary(
              "int", expression("int", d), pick(List.of("<<", ">>", ">>>")), expression("byte", d));
      case 5 -> Node.expression("int", "-(", expression("int", d), ")");
      case 6 -> {
        List<Local> variables = mutable("int");
        yield variables.isEmpty()
            ? leaf("int")
            : Node.expression(
                "int",
                pick(List.of("%s++", "++%s", "%s--", "--%s")).replace("%s", pick(variables).name));
      }
      case 7 ->
          Node.expression(
              "int",
              arrayTarget(expression("int[]", d)),
              "[",
              chance(85)
                  ? Node.expression("int", "(", expression("int", d), ") & 1")
                  : expression("int", d),
              "]");
      case 8 -> Node.expression("int", receiver(), ".n");
      case 9 ->
          Node.expression(
              "int", receiver(), ".get(", expression("int", d), ", ", expression("String", d), ")");
      case 10 ->
          Node.expression(
              "int", "plain(env, ", expression("int", d), ", ", expression("int", d), ")");
      case 11 -> Node.expression("int", "((String) ", expression("String", d), ").length()");
      case 12 ->
          Node.expression(
              "int",
              "(int) (",
              expression(pick(List.of("long", "double", "char", "Integer")), d),
              ")");
      case 13 -> {
        List<Local> lambdas =
            at.locals.stream()
                .filter(l -> l.type.equals("lambda") || l.type.equals("supplier"))
                .toList();
        if (lambdas.isEmpty()) {
          yield leaf("int");
        }
        Local called = pick(lambdas);
        yield called.type.equals("lambda")
            ? Node.expression("int", called.name + ".applyAsInt(", expression("int", d), ")")
            : Node.expression("int", called.name + ".getAsInt()");
      }
      case 14, 15 -> {
        if (helperCalls.isEmpty() || !at.await) {
          yield Node.expression("int", "(", element(), ")");
        }
        yield pick(helperCalls).get();
      }
      default ->
          at.instance
              ? Node.expression(
                  "int", pick(List.of("own(", "this.own(")), expression("int", d), ")")
              : Node.expression("int", "(sn += ", expression("int", d), ")");
    };
  }

  private Node booleanOperation(int d) {
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          binary(
              "boolean",
              expression("boolean", d),
              pick(List.of("&&", "||")),
              expression("boolean", d));
      case 2 ->
          binary(
              "boolean",
              expression("boolean", d),
              pick(List.of("&", "|", "^", "==", "!=")),
              expression("boolean", d));
      case 3 -> Node.expression("boolean", "!(", expression("boolean", d), ")");
      case 4 ->
          Node.expression(
              "boolean",
              "(((Object) (",
              expression("Object", d),
              ")) instanceof " + pick(List.of("String", "Integer", "Box")) + ")");
      default ->
          binary(
              "boolean",
              expression("int", d),
              pick(List.of("<", ">", "<=", "==", "!=")),
              expression("int", d));
    };
  }

  private Node stringOperation(int d) {
    return switch (random.nextInt(5)) {
      case 0, 1, 2 ->
          binary(
              "String",
              expression("String", d),
              "+",
              expression(
                  pick(List.of("int", "String", "Object", "char", "long", "Box", "boolean")), d));
      case 3 ->
          Node.expression(
              "String",
              "all(env, ",
              expression("Object", d),
              ", ",
              expression("int", d),
              ", ",
              expression("int", d),
              ", ",
              expression("int", d),
              ")");
      default ->
          Node.expression("String", "\"\" + ", expression("int", d), " + ", expression("char", d));
    };
  }

  private static Node binary(String type, Node left, String operator, Node right) {
    return Node.expression(type, "(", left, " " + operator + " ", right, ")");
  }

  // ---- choices ----

  private List<Local> mutable(String type) {
    return at.locals.stream().filter(l -> l.type.equals(type) && !l.capturable).toList();
  }

  private String anyType() {
    return pick(TYPES);
  }

  /** A name that nothing in scope has; siblings share names. */
  private String freshName() {
    int n = 0;
    while (true) {
      String candidate = "v" + n++;
      if (at.locals.stream().noneMatch(l -> l.name.equals(candidate))) {
        return candidate;
      }
    }
  }

  private String tag() {
    return "t" + tags++;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
