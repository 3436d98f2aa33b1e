package io.fermata.benchmarks;

/** A process that prints what the work of a peer tells: it is itself a measurement. */
final class HeapMeasurement {
  private HeapMeasurement() {}

  /** Arguments: the class of the row and the peer. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Work work = Work.of(Class.forName(args[0]), Peer.valueOf(args[1]));
    work.perform(); // loads what it needs
    System.out.println(work.perform());
    System.exit(0);
  }
}
