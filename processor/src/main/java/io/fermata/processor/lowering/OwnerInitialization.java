package io.fermata.processor.lowering;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * A static coroutine initialises its class before its first statement, as a call of a static method
 * does (JLS 12.4.1). An instance coroutine has an object of the class, which then is initialised.
 *
 * <pre>
 * static { log("ready"); }
 * &#64;Coroutine static void go() {          HelloAsync.OWNER.initialize();
 *   log("go");                            Hello.log("go");
 * </pre>
 */
final class OwnerInitialization {

  private final BodyContext context;
  private final AttributedBody body;

  OwnerInitialization(BodyContext context) {
    this.context = context;
    this.body = context.body();
  }

  /** The statement that initialises the class; empty if nobody could tell that it is missing. */
  Optional<IrStmt> statement() {
    boolean isStatic = body.method().receiver() == null;
    if (!isStatic || !runsCode(context.names().owner())) {
      return Optional.empty();
    }
    context.names().checkOwner();
    return Optional.of(call());
  }

  private IrStmt call() {
    OwnerClass type = body.method().owner();
    Code call =
        Code.of(
            new Part.TypeName(IrType.Declared.of(type.packageName(), type.twinName())),
            new Part.Text(".OWNER.initialize();"));
    return new IrStmt.Exec(call, new Span(body.line(body.start(body.tree())), ""));
  }

  /** Whether code runs when a class is initialised: its own, or of what it extends (JLS 12.4.2). */
  private boolean runsCode(TypeElement type) {
    if (isPlatform(type)) {
      return false;
    }
    return type.getEnclosedElements().stream().anyMatch(this::isInitializer)
        || hasInitializerBlock(type)
        || (type.getKind().isClass() && supertypesRunCode(type));
  }

  private boolean supertypesRunCode(TypeElement type) {
    return elementOf(type.getSuperclass()).filter(this::runsCode).isPresent()
        || type.getInterfaces().stream()
            .flatMap(each -> elementOf(each).stream())
            .anyMatch(this::runsCodeWithClass);
  }

  /** An interface is initialised with a class only if it has a default method. */
  private boolean runsCodeWithClass(TypeElement type) {
    boolean hasDefault =
        type.getEnclosedElements().stream()
            .anyMatch(member -> member.getModifiers().contains(Modifier.DEFAULT));
    return (hasDefault && runsCode(type))
        || type.getInterfaces().stream()
            .flatMap(each -> elementOf(each).stream())
            .anyMatch(this::runsCodeWithClass);
  }

  private static Optional<TypeElement> elementOf(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? Optional.of((TypeElement) declared.asElement())
        : Optional.empty();
  }

  /** Of a class file, whose initialiser is a method; or a static field that is given a value. */
  private boolean isInitializer(Element member) {
    if (member.getKind() == ElementKind.STATIC_INIT) {
      return true;
    }
    return member.getKind().isField()
        && member.getModifiers().contains(Modifier.STATIC)
        && body.trees().getTree(member) instanceof VariableTree field
        && field.getInitializer() != null
        && ((VariableElement) member).getConstantValue() == null;
  }

  private boolean hasInitializerBlock(TypeElement type) {
    ClassTree tree = body.trees().getTree(type);
    return tree != null && tree.getMembers().stream().anyMatch(OwnerInitialization::isStaticBlock);
  }

  private static boolean isStaticBlock(Tree member) {
    return member instanceof BlockTree block && block.isStatic();
  }

  /** The initialisers of the JDK do nothing that a program could tell. */
  private static boolean isPlatform(TypeElement type) {
    return type.getQualifiedName().toString().startsWith("java.");
  }
}
