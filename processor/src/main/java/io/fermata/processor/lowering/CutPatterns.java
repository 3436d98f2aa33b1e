package io.fermata.processor.lowering;

import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** The variables of patterns in code. */
final class CutPatterns {

  private final Cut cut;
  private final BodyContext context;

  CutPatterns(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  /** Those that code behind what is cut uses. */
  List<IrLocal> leaving(InstanceOfTree tree) {
    if (cut.depth() > 0) {
      return List.of();
    }
    List<IrLocal> leaving = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree variable, @Nullable Void ignored) {
        Element element = context.facts().element(variable);
        if (element != null && context.facts().isUsedBehind(element, cut.to)) {
          context.variables().find(element).ifPresent(leaving::add);
        }
        return null;
      }
    }.scan(context.patternOf(tree), null);
    return leaving;
  }

  /** {@code x instanceof P p} becomes {@code (x instanceof P p$1 && bound(p = p$1))}. */
  void expose(InstanceOfTree tree, List<IrLocal> leaving) {
    cut.edits.before(context.body().start(tree), List.of(new Part.Text("(")));
    List<Part> suffix = new ArrayList<>();
    for (IrLocal local : leaving) {
      IrLocal binding = new IrLocal(local.name(), local.type(), IrLocal.Origin.DECLARED);
      cut.renamed.put(local, binding);
      suffix.add(new Part.Text(" && bound("));
      suffix.add(new Part.Write(local, Part.Mode.SET));
      suffix.add(new Part.Text(" = "));
      suffix.add(new Part.Read(binding, Part.Place.BODY));
      suffix.add(new Part.Text(")"));
      cut.exposed.add(local);
    }
    suffix.add(new Part.Text(")"));
    cut.scanParts(tree);
    leaving.forEach(cut.renamed::remove);
    cut.edits.after(context.body().end(tree), suffix);
  }
}
