package io.fermata.processor.lowering;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * The catch clauses in plain code: what is caught is told in the user's lines before the user's
 * code sees it.
 *
 * <pre>
 * catch (IOException e) {       catch (IOException e) {
 *   log(e);                       told(e);
 * }                               log(e);
 *                               }
 * </pre>
 */
final class CatchClauses {
  private static final IrType CONTINUATION =
      IrType.Declared.of("io.fermata.codegen", "Continuation");

  private final BodyContext context;
  private final Edits edits;

  CatchClauses(BodyContext context, Edits edits) {
    this.context = context;
    this.edits = edits;
  }

  /** Whether the clause looks at what it catches. */
  boolean isRead(CatchTree tree) {
    Element caught = context.facts().requireElement(tree.getParameter());
    boolean[] read = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
        read[0] |= caught.equals(context.facts().element(name));
        return null;
      }
    }.scan(tree.getBlock(), null);
    return read[0];
  }

  /**
   * Writes the call.
   *
   * @param caught the name of what is caught
   * @param isInClass whether a class of the user's may have a method of the same name
   * @param origin where the code begins that this is cut of
   */
  void tell(CatchTree tree, Part caught, boolean isInClass, int origin) {
    int brace = context.body().start(tree.getBlock());
    Tree first = tree.getBlock().getStatements().get(0);
    int start = context.body().start(first);
    if (brace < 0 || start < 0) {
      return; // written by another processor, and not in the source
    }
    List<Part> call = new ArrayList<>();
    int lineBreak = context.body().source().toString().lastIndexOf('\n', start);
    if (lineBreak > brace) {
      call.add(new Part.Lines(-1));
      call.add(new Part.Text(context.dedented(lineBreak, start, origin)));
    } else {
      call.add(new Part.Text(" "));
    }
    if (isInClass) {
      call.add(new Part.TypeName(CONTINUATION));
      call.add(new Part.Text("."));
    }
    call.add(new Part.Text("told("));
    call.add(caught);
    call.add(new Part.Text(");"));
    edits.after(brace + 1, call);
  }
}
