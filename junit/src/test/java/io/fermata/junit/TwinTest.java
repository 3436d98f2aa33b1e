package io.fermata.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinTest {
  @Test
  void aClassIsNamedWithThoseAroundIt() {
    assertEquals("io.fermata.junit.TwinTestAsync", Twin.className(TwinTest.class));
    assertEquals("java.util.Map_EntryAsync", Twin.className(Map.Entry.class));
  }
}
