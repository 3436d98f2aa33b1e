package io.fermata.net;

/** {@link ServerTest} on the simulated network. */
@OnSimulation
class SimulatedServerTest extends ServerTest {
  @Override
  protected TestNetwork newNetwork() {
    return new SimulatedSockets();
  }
}
