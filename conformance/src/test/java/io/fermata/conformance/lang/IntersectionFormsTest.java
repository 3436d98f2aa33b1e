package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.conformance.world.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Values of several types at once, of every origin and in every use: each of {@code
 * resources/intersections/origins.txt} with each of the uses beside it, around a resume point. A
 * coroutine does with them what the same code does blocking.
 */
final class IntersectionFormsTest {
  private final Forms forms = new Forms("intersections");

  @Test
  void formsOfJava17_doAsCoroutinesWhatTheyDoBlocking() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (Forms.Origin origin : forms.origins()) {
      List<List<String>> uses = new ArrayList<>(forms.rows("uses.txt"));
      uses.addAll(origin.waits() ? List.of() : forms.rows("uses-inside.txt"));
      uses.addAll(origin.isVariable() ? forms.rows("uses-of-variables.txt") : List.of());
      sources.add(forms.source(origin, uses));
    }
    assertEquals(List.of(), forms.failures(sources, 17));
  }

  @Test
  void formsOfJava21_doAsCoroutinesWhatTheyDoBlocking() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (Forms.Origin origin : forms.origins()) {
      sources.add(forms.source(origin, forms.rows("uses-21.txt")));
    }
    boolean isThere = Runtime.version().feature() >= 21;
    assertEquals(List.of(), isThere ? forms.failures(sources, 21) : List.of());
  }
}
