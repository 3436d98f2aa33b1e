package io.fermata.benchmarks.net;

import java.io.IOException;

/** Something to be measured. */
interface Row {

  /** What it is called on the command line. */
  String name();

  /** Measures, and prints. */
  void measure(Setting setting) throws IOException, InterruptedException;
}
