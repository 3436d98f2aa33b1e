package io.fermata.net;

/** {@link FileTransferTest} on the simulated network. */
@OnSimulation
class SimulatedFileTransferTest extends FileTransferTest {
  @Override
  protected TestNetwork newNetwork() {
    return new SimulatedSockets();
  }
}
