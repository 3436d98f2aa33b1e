package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.conformance.world.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Objects of anonymous classes, with members that no supertype has, of every origin and in every
 * use: each of {@code resources/anonymous/origins.txt} with each of the uses beside it, around a
 * resume point. A coroutine does with them what the same code does blocking.
 */
final class AnonymousFormsTest {
  private final Forms forms = new Forms("anonymous");

  @Test
  void formsDoAsCoroutinesWhatTheyDoBlocking() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (Forms.Origin origin : forms.origins()) {
      List<List<String>> uses = new ArrayList<>(forms.rows("uses.txt"));
      uses.addAll(origin.isVariable() ? forms.rows("uses-of-variables.txt") : List.of());
      sources.add(forms.source(origin, uses));
    }
    assertEquals(List.of(), forms.failures(sources, 17));
  }
}
