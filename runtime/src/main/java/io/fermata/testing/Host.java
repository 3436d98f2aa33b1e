package io.fermata.testing;

import io.fermata.Awaitable;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.TaskOptions;
import io.fermata.ThrowingCoro;
import io.fermata.internal.net.simulated.Machine;
import io.fermata.internal.net.simulated.Simulation;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host of a {@link SimulatedNetwork}: code that is run on it, and the tasks that this code makes,
 * listen at its addresses and connect from them. Given by {@link SimulatedNetwork#host}.
 *
 * <pre>{@code
 * db.createTask(group, DbAsync.serve(5432));        // startServer(…, "", 5432) listens at db
 * app.createTask(group, AppAsync.main());           // openConnection("db", 5432) connects from app
 * }</pre>
 *
 * <p>Each host has a loopback of its own, {@code localhost}, where nothing takes time or gets lost.
 *
 * <p><b>Thread.</b> The loop's.
 */
public final class Host {
  private final SimulatedNetwork network;
  private final Simulation simulation;
  private final Machine machine;
  private int tasksMade;

  Host(SimulatedNetwork network, Simulation simulation, Machine machine) {
    this.network = network;
    this.simulation = simulation;
    this.machine = machine;
  }

  Machine machine() {
    return machine;
  }

  /** {@return its name, by which others find it} */
  public String name() {
    return machine.name();
  }

  /** {@return its addresses, without those of its loopback} */
  public List<InetAddress> addresses() {
    return machine.addresses();
  }

  /**
   * Makes a task of a group that runs on this host, named after it. If it fails, the failure is
   * told with the network's seed and its last traffic, as a suppressed exception.
   *
   * @param <T> type of the value
   * @param group whose task it is
   * @param coro what it runs
   * @return the task
   */
  public <T extends @Nullable Object> Task<T> createTask(TaskGroup group, Coro<T> coro) {
    return createTask(group, coro, TaskOptions.named(nextName()));
  }

  /**
   * As {@link #createTask(TaskGroup, Coro)}, with options.
   *
   * @param <T> type of the value
   * @param group whose task it is
   * @param coro what it runs
   * @param options how the task is made; the host is set in its context
   * @return the task
   */
  public <T extends @Nullable Object> Task<T> createTask(
      TaskGroup group, Coro<T> coro, TaskOptions options) {
    return group.createTask(here(coro), options);
  }

  /**
   * As {@link #createTask(TaskGroup, Coro)}, of the running loop and no group.
   *
   * @param <T> type of the value
   * @param coro what it runs
   * @return the task
   */
  public <T extends @Nullable Object> Task<T> createTask(Coro<T> coro) {
    return EventLoop.running().createTask(here(coro), nextName());
  }

  private <T extends @Nullable Object> Coro<T> here(Coro<T> coro) {
    return new Simulated<>(simulation, machine, coro);
  }

  private String nextName() {
    tasksMade++;
    return name() + "-" + tasksMade;
  }

  /**
   * Runs a coroutine on this host, as {@link SimulatedNetwork#run(Awaitable)} does: with a loop of
   * its own, in virtual time.
   *
   * @param <T> type of the value
   * @param main a coroutine, or a user's own awaitable
   * @return what {@code main} gives
   */
  public <T extends @Nullable Object> T run(Awaitable<T> main) {
    return network.run(new Simulated<>(simulation, machine, main));
  }

  /**
   * As {@link #run(Awaitable)}, for a coroutine that declares a checked exception.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param main a coroutine
   * @return what {@code main} gives
   * @throws X as the coroutine declares it
   */
  public <T extends @Nullable Object, X extends Throwable> T run(ThrowingCoro<T, X> main) throws X {
    return run((Awaitable<T>) main);
  }

  /**
   * {@return the sockets that are open on it, a line for each: none, when a test has left nothing
   * behind}
   */
  public List<String> openSockets() {
    return simulation.open(machine);
  }

  @Override
  public String toString() {
    return name() + machine.addresses();
  }
}
