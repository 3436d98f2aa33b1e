package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reports what an anonymous class needs of its supertype and the generated class can't reach. */
final class SupertypeChecks {

  private final BodyContext context;

  SupertypeChecks(BodyContext context) {
    this.context = context;
  }

  /** The classes that the supertype names, its type arguments among them. */
  void checkNames(NewClassTree creation) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
        check(name);
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
        check(select);
        return super.visitMemberSelect(select, null);
      }

      private void check(Tree name) {
        if (context.facts().element(name) instanceof TypeElement type) {
          context.names().check(type, name);
        }
      }
    }.scan(creation.getIdentifier(), null);
  }

  /** The constructor of the superclass, which the one calls that javac has put there. */
  void checkConstructor(NewClassTree creation) {
    ClassTree body = creation.getClassBody();
    for (Tree member : body.getMembers()) {
      if (member instanceof MethodTree method && method.getName().contentEquals("<init>")) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitMethodInvocation(
              MethodInvocationTree call, @Nullable Void unused) {
            checkPrivate(call.getMethodSelect(), creation);
            return null;
          }
        }.scan(method.getBody(), null);
      }
    }
  }

  private void checkPrivate(ExpressionTree select, Tree at) {
    Element constructor = context.facts().element(select);
    if (constructor instanceof ExecutableElement
        && constructor.getModifiers().contains(Modifier.PRIVATE)) {
      context.names().check(constructor, at);
    }
  }
}
