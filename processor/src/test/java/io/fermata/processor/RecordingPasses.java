package io.fermata.processor;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.CarriedAnnotations;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.TwinSignatures;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.diagnostics.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.NoType;
import javax.lang.model.type.TypeMirror;

/** Passes that note the type of each expression: {@code sayAfter: delay -> java.time.Duration}. */
final class RecordingPasses implements Passes<CoroutineMethod> {

  final List<String> typed = new ArrayList<>();
  final List<String> untyped = new ArrayList<>();

  @Override
  public CoroutineMethod lower(AttributedBody body, List<Fault> faults) {
    TypeReader reader =
        new TypeReader(body.types(), CarriedAnnotations.DEFAULT, body.element(), Set.of());
    new TreePathScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void unused) {
        if (tree instanceof ExpressionTree || tree instanceof VariableTree) {
          note(new TreePath(getCurrentPath(), tree));
        }
        return super.scan(tree, null);
      }

      private void note(TreePath path) {
        if (body.start(path.getLeaf()) < 0 || body.end(path.getLeaf()) < 0) {
          return;
        }
        TypeMirror type = body.trees().getTypeMirror(path);
        String text = body.method().name() + ": " + body.text(path.getLeaf());
        if (type == null) {
          untyped.add(text);
        } else if (!(type instanceof ExecutableType) && !(type instanceof NoType)) {
          typed.add(text + " -> " + reader.read(type));
        }
      }
    }.scan(new TreePath(body.path(), body.tree().getBody()), null);
    return body.method();
  }

  @Override
  public String emit(OwnerClass owner, List<CoroutineMethod> bodies) {
    return TwinSignatures.write(owner, bodies, "throw null;");
  }
}
