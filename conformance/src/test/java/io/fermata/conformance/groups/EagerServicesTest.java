package io.fermata.conformance.groups;

import io.fermata.EventLoop;
import org.junit.jupiter.api.BeforeEach;

final class EagerServicesTest extends ServicesTest {
  @BeforeEach
  void startTasksEagerly(EventLoop loop) {
    loop.setTaskFactory(EventLoop.eagerTaskFactory());
  }
}
