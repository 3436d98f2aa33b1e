package io.fermata.benchmarks;

import io.fermata.benchmarks.hello.CoroutineHello;
import io.fermata.benchmarks.hello.PlainHello;
import io.fermata.benchmarks.hello.VirtualThreadHello;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How many milliseconds a whole process takes that says hello; the floor is plain Java. */
record StartUpRow(String work) implements Row {
  private static final Map<Peer, Class<?>> PROGRAMS = programs();
  private static final int STARTS = 11;

  private static Map<Peer, Class<?>> programs() {
    Map<Peer, Class<?>> programs = new EnumMap<>(Peer.class);
    programs.put(Peer.FLOOR, PlainHello.class);
    programs.put(Peer.FERMATA, CoroutineHello.class);
    programs.put(Peer.VIRTUAL_THREADS, VirtualThreadHello.class);
    Peer.kotlin("Hello").ifPresent(hello -> programs.put(Peer.KOTLIN, hello));
    return programs;
  }

  @Override
  public String name() {
    return "StartUp";
  }

  @Override
  public List<Peer> peers() {
    return PROGRAMS.keySet().stream().filter(Peer::isPresent).toList();
  }

  /** The median of some starts. */
  @Override
  public Sample measure(Peer peer, Setting setting) throws IOException, InterruptedException {
    Class<?> program = PROGRAMS.get(peer);
    if (program == null) {
      throw new IllegalArgumentException(peer + " has no program.");
    }
    String output = setting.runPlain(program);
    double[] times = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long start = System.nanoTime();
      setting.runPlain(program);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return new Sample(times[STARTS / 2], OptionalDouble.empty(), output);
  }
}
