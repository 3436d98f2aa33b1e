package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionTree;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watches what is copied from the user's source, so that no call of {@code await}, {@code emit} or
 * {@code async} gets into the generated class, where it would fail when it runs.
 */
final class Leftovers {

  private final AttributedBody body;

  /** The names that are called, by the position of their first letter. */
  private final NavigableMap<Integer, ExpressionTree> calls = new TreeMap<>();

  private final Set<ExpressionTree> copied = new LinkedHashSet<>();

  Leftovers(AttributedBody body) {
    this.body = body;
  }

  /** Notes a call that must not be copied. */
  void add(ExpressionTree select, String name) {
    calls.put(body.end(select) - name.length(), select);
  }

  /** Notes that the source from {@code from} to {@code to} was copied. */
  void copied(int from, int to) {
    copied.addAll(calls.subMap(from, to).values());
  }

  /** What was copied all the same: each a fault of ours. */
  List<Fault> faults() {
    return copied.stream().map(this::fault).toList();
  }

  private Fault fault(ExpressionTree select) {
    List<String> arguments =
        List.of(
            body.method().displayName(),
            "lowering",
            "'" + body.text(select) + "' would be left in the generated class.");
    return new Fault(Diagnostic.INTERNAL_ERROR, arguments, body.start(select), body.end(select));
  }
}
