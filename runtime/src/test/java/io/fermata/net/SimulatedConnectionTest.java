package io.fermata.net;

/** {@link ConnectionTest} on the simulated network. */
@OnSimulation
class SimulatedConnectionTest extends ConnectionTest {
  @Override
  protected TestNetwork newNetwork() {
    return new SimulatedSockets();
  }
}
