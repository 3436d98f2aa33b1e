package io.fermata.benchmarks.net;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A peer in a process of its own; see {@link ServerControl}. */
final class ServerProcess implements AutoCloseable {
  private final Peer peer;
  private final Process process;
  private final BufferedReader answers;
  private final InetSocketAddress address;

  private ServerProcess(Peer peer, Process process) throws IOException {
    this.peer = peer;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) answer());
  }

  static ServerProcess start(Peer peer, Cores cores) throws IOException {
    Process process =
        new ProcessBuilder(cores.onServers(peer.command())).redirectError(Redirect.INHERIT).start();
    try {
      return new ServerProcess(peer, process);
    } catch (Throwable t) {
      process.destroyForcibly();
      throw t;
    }
  }

  Peer peer() {
    return peer;
  }

  InetSocketAddress address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /** What all its threads have used, in user and system mode. */
  Duration cpuTime() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(
            () -> new IllegalStateException("the system does not tell the CPU time of " + peer));
  }

  long ask(String question) throws IOException {
    OutputStream questions = process.getOutputStream();
    questions.write((question + "\n").getBytes(StandardCharsets.UTF_8));
    questions.flush();
    return answer();
  }

  private long answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the server of " + peer + " has ended.");
    }
    return Long.parseLong(line);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }
}
