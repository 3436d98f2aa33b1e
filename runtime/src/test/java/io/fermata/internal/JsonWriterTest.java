package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void micros_areExactOnBothSidesOfZero() throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text).open('[');
    for (long nanos : new long[] {0, 7, 1_050, -1, -1_000, -2_300_456, Long.MIN_VALUE}) {
      json.micros(nanos);
    }
    json.close(']');
    assertEquals("[0,0.007,1.050,-0.001,-1,-2300.456,-9223372036854775.808]", text.toString());
  }
}
