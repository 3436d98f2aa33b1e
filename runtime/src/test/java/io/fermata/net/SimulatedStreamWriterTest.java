package io.fermata.net;

/** {@link StreamWriterTest} on the simulated network. */
@OnSimulation
class SimulatedStreamWriterTest extends StreamWriterTest {
  @Override
  protected TestNetwork newNetwork() {
    return new SimulatedSockets();
  }
}
