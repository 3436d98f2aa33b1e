package io.fermata.net;

/** {@link StreamReaderTest} on the simulated network. */
@OnSimulation
class SimulatedStreamReaderTest extends StreamReaderTest {
  @Override
  protected TestNetwork newNetwork() {
    return new SimulatedSockets();
  }
}
