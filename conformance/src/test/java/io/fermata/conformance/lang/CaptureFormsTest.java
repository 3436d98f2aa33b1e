package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.conformance.world.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Values of a captured wildcard's type, and of the type of {@code null}, however they are got and
 * wherever they go: each of {@code resources/captures/origins.txt} with each of the uses beside it.
 * A coroutine does with them what the same code does blocking.
 */
final class CaptureFormsTest {
  private final Forms forms = new Forms("captures");

  @Test
  void formsDoAsCoroutinesWhatTheyDoBlocking() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (Forms.Origin origin : forms.origins()) {
      sources.add(forms.source(origin, forms.rows("uses.txt")));
    }
    assertEquals(List.of(), forms.failures(sources, 17));
  }
}
