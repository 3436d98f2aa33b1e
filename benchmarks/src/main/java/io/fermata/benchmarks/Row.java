package io.fermata.benchmarks;

import java.io.IOException;
import java.util.List;

/** A line of the table. */
interface Row {
  /** What it is chosen by. */
  String name();

  /** What is done and measured, for readers of the table. */
  String work();

  /** Those who do it and are there. */
  List<Peer> peers();

  /** Measures in a process of its own. */
  Sample measure(Peer peer, Setting setting) throws IOException, InterruptedException;
}
