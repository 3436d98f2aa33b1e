package io.fermata.conformance.groups;

import io.fermata.junit.Schedules;

@Schedules(30)
final class ShuffledServicesTest extends ServicesTest {}
