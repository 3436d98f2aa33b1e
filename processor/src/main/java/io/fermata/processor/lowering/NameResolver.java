package io.fermata.processor.lowering;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.MethodKey;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.diagnostics.MemberUse;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What the names of members in the user's class become in the generated one, and which of them it
 * cannot reach.
 */
final class NameResolver {

  private final AttributedBody body;
  private final BodyFacts facts;
  private final TypeNames types;
  private final List<Fault> faults;
  private final TypeElement owner;
  private final OuterObjects outers;

  NameResolver(AttributedBody body, BodyFacts facts, TypeNames types, List<Fault> faults) {
    this.body = body;
    this.facts = facts;
    this.types = types;
    this.faults = faults;
    this.owner = (TypeElement) Objects.requireNonNull(body.element().getEnclosingElement());
    this.outers = new OuterObjects(body, facts, owner);
  }

  /** The class by its name. */
  Part.TypeName typeName(TypeElement type) {
    return new Part.TypeName(types.named(type));
  }

  /** What stands before the simple name of a member: {@code self.}, {@code Owner.}. */
  Optional<Code> qualifier(Element member, Tree at, Optional<IrLocal> self, Part.Place place) {
    Optional<TypeElement> holder = facts.holder(member, at);
    if (member.getModifiers().contains(Modifier.STATIC)) {
      TypeElement type = holder.orElseGet(() -> (TypeElement) enclosing(member));
      return Optional.of(Code.of(typeName(type), new Part.Text(".")));
    }
    if (holder.isEmpty()) {
      reportOwnClassOnly(display(member), at);
      return Optional.empty();
    }
    return object(holder.get(), display(member), at, self, place).map(code -> code.then("."));
  }

  /**
   * The object of the coroutine's class, or of one around it; a fault if it can't be reached.
   *
   * @param what stands at {@code at}, for the fault
   */
  Optional<Code> object(
      TypeElement type, String what, Tree at, Optional<IrLocal> self, Part.Place place) {
    Optional<Code> object =
        self.flatMap(
            local ->
                outers.path(type).map(path -> Code.of(new Part.Read(local, place)).then(path)));
    if (object.isEmpty() && self.isPresent() && outers.isAround(type)) {
      faults.add(outerObject(type, what, at));
    } else if (object.isEmpty()) {
      reportOwnClassOnly(what, at);
    }
    return object;
  }

  private Fault outerObject(TypeElement type, String what, Tree at) {
    String name = type.getSimpleName().toString();
    String variables =
        type.getTypeParameters().isEmpty()
            ? ""
            : type.getTypeParameters().stream()
                .map(each -> each.getSimpleName().toString())
                .collect(Collectors.joining(", ", "<", ">"));
    return fault(
            Diagnostic.OUTER_OBJECT,
            at,
            what,
            name,
            owner.getSimpleName().toString(),
            name + variables)
        .mendedBy(outers.handingOut(name + variables, name));
  }

  /** The coroutine's own class. */
  TypeElement owner() {
    return owner;
  }

  /** The text of a constant that has to be inlined since its name cannot be reached. */
  Optional<String> inlined(Element member) {
    return isHidden(member) && member instanceof VariableElement variable
        ? Optional.ofNullable(variable.getConstantValue()).map(ConstantText::of)
        : Optional.empty();
  }

  /** Whether this is the field of a record component whose accessor only returns it. */
  boolean isReadThroughAccessor(Element member) {
    return accessor(member).filter(accessor -> returnsOnly(accessor, member)).isPresent();
  }

  /** The accessor of the component whose field this is, if the field itself is out of reach. */
  private Optional<ExecutableElement> accessor(Element member) {
    if (!isHidden(member)
        || member.getKind() != ElementKind.FIELD
        || member.getModifiers().contains(Modifier.STATIC)
        || enclosing(member).getKind() != ElementKind.RECORD) {
      return Optional.empty();
    }
    return ElementFilter.methodsIn(enclosing(member).getEnclosedElements()).stream()
        .filter(method -> method.getSimpleName().equals(member.getSimpleName()))
        .filter(method -> method.getParameters().isEmpty())
        .findFirst();
  }

  /** Whether javac has made the accessor, or the user has written it just so. */
  private boolean returnsOnly(ExecutableElement accessor, Element field) {
    MethodTree tree = body.trees().getTree(accessor);
    if (tree == null || body.elements().getOrigin(accessor) == Elements.Origin.MANDATED) {
      return true;
    }
    List<? extends StatementTree> statements = tree.getBody().getStatements();
    String name = field.getSimpleName().toString();
    return !accessor.getModifiers().contains(Modifier.SYNCHRONIZED)
        && statements.size() == 1
        && statements.get(0) instanceof ReturnTree single
        && Set.of(name, "this." + name).contains(String.valueOf(single.getExpression()));
  }

  /** Reports a member or type that the generated class cannot reach. */
  void check(Element member, Tree at) {
    Optional<ExecutableElement> accessor = accessor(member);
    if (accessor.isPresent()) {
      faults.add(fault(Diagnostic.RECORD_FIELD, at, display(member), accessor.get().toString()));
    } else if (isHidden(member)) {
      faults.add(
          body.isWrittenPrivate(member)
              ? fault(Diagnostic.PRIVATE_USE, at, display(member), kind(member)).as(use(member, at))
              : fault(Diagnostic.PRIVATE_BY_LOMBOK, at, display(member), kind(member)));
    } else if (isProtectedElsewhere(member, at)) {
      faults.add(fault(Diagnostic.PROTECTED_MEMBER, at, display(member), kind(member)));
    }
  }

  private MemberUse use(Element member, Tree at) {
    String coroutine = body.method().displayName();
    int line = body.line(body.start(at));
    if (member instanceof TypeElement type) {
      return MemberUse.ofType(type.getQualifiedName().toString(), coroutine, line);
    }
    String name =
        member instanceof ExecutableElement method
            ? MethodKey.of(method, body.types()).text()
            : member.getSimpleName().toString();
    return new MemberUse(enclosing(member).toString(), name, coroutine, line);
  }

  /** Whether it has been reported that the generated class cannot reach this. */
  boolean isReported(Element member) {
    return faults.stream()
        .anyMatch(
            fault ->
                fault.diagnostic() == Diagnostic.PRIVATE_USE
                    && fault.arguments().contains(display(member)));
  }

  /** Reports each class that keeps the generated class from naming the coroutine's. */
  void checkOwner() {
    for (Element e = owner; e instanceof TypeElement; e = e.getEnclosingElement()) {
      if (isHidden(e)) {
        Tree tree = Objects.requireNonNull(body.trees().getTree(e));
        MemberUse use = MemberUse.ofType(e.toString(), body.method().displayName(), body.line());
        faults.add(fault(Diagnostic.PRIVATE_USE, tree, display(e), "class").as(use));
      }
    }
  }

  /** Reports a member of an enum constant that is used in a coroutine lambda in its body. */
  void reportEnumConstant(String member, Tree at) {
    faults.add(fault(Diagnostic.ENUM_CONSTANT_MEMBER, at, member));
  }

  /** Reports what only code inside the class can say. */
  void reportOwnClassOnly(String what, Tree at) {
    faults.add(fault(Diagnostic.SUPER_CALL, at, what));
  }

  /** A fault if one constructor cannot take all of these beside the new object (JVMS 4.11). */
  void checkHandedOver(List<IrLocal> captures, String what, Tree at) {
    int places = IrLocal.places(captures);
    if (places > CoroutineMethod.MOST_PLACES) {
      faults.add(fault(Diagnostic.TOO_MANY_VALUES, at, what, String.valueOf(places)));
    }
  }

  /** A class of exceptions that moves can't take type parameters along (JLS 8.1.2). */
  void reportGenericException(TypeParameterUses.Use use) {
    String name = use.parameter().name();
    boolean isInferred =
        body.method().typeParameters().stream().noneMatch(each -> each.name().equals(name));
    faults.add(
        isInferred
            ? fault(Diagnostic.EXCEPTION_OF_INFERRED_TYPE, use.at())
            : fault(Diagnostic.GENERIC_EXCEPTION, use.at(), name));
  }

  /** A constructor that nobody has written is as private as its class (JLS 8.8.9). */
  boolean isHidden(Element member) {
    if (!member.getModifiers().contains(Modifier.PRIVATE)
        || body.elements().getOrigin(member) == Elements.Origin.MANDATED) {
      return false;
    }
    for (Element e = member; e != null; e = e.getEnclosingElement()) {
      if (facts.isLocal(e)) {
        return false;
      }
    }
    return true;
  }

  private boolean isProtectedElsewhere(Element member, Tree at) {
    return member.getModifiers().contains(Modifier.PROTECTED)
        && !packageOf(member).equals(packageOf(owner))
        && facts.holder(member, at).filter(type -> facts.staysIn(at, type)).isEmpty();
  }

  private PackageElement packageOf(Element element) {
    return body.elements().getPackageOf(element);
  }

  private Fault fault(Diagnostic diagnostic, Tree at, String... arguments) {
    return new Fault(diagnostic, List.of(arguments), body.start(at), body.end(at));
  }

  private static String display(Element member) {
    Element owner = enclosing(member);
    if (member.getKind() == ElementKind.CONSTRUCTOR) {
      return "new " + owner.getSimpleName();
    }
    return owner instanceof TypeElement
        ? owner.getSimpleName() + "." + member.getSimpleName()
        : member.getSimpleName().toString();
  }

  private static String kind(Element member) {
    return switch (member.getKind()) {
      case METHOD -> "method";
      case CONSTRUCTOR -> "constructor";
      case FIELD, ENUM_CONSTANT -> "field";
      default -> "class";
    };
  }

  private static Element enclosing(Element element) {
    return Objects.requireNonNull(element.getEnclosingElement());
  }
}
