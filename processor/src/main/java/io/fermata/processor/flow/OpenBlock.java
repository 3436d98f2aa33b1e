package io.fermata.processor.flow;

import java.util.ArrayList;
import java.util.List;

/** A block in the making. */
final class OpenBlock {
  final int id;
  final List<Op> ops = new ArrayList<>();
  int handler;
  boolean referenced;
  Terminator end = new Terminator.Unreachable();

  OpenBlock(int id, int handler) {
    this.id = id;
    this.handler = handler;
  }
}
