package io.fermata.net;

/** {@link DatagramTest} on the simulated network. */
@OnSimulation
class SimulatedDatagramTest extends DatagramTest {
  @Override
  protected TestNetwork newNetwork() {
    return new SimulatedSockets();
  }
}
