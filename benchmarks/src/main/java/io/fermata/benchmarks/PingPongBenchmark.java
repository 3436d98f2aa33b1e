package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import io.fermata.queue.AsyncQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Two tasks send a value to and fro through queues of one: there and back is one operation. */
public class PingPongBenchmark {
  private static final int ROUNDS = 20_000;

  @Coroutine
  static int answer(AsyncQueue<Integer> questions, AsyncQueue<Integer> answers, int rounds) {
    for (int i = 0; i < rounds; i++) {
      await(answers.put(await(questions.get())));
    }
    return rounds;
  }

  @Coroutine
  static int ask(int rounds) {
    AsyncQueue<Integer> questions = new AsyncQueue<>(1);
    AsyncQueue<Integer> answers = new AsyncQueue<>(1);
    Task<Integer> answering = createTask(PingPongBenchmarkAsync.answer(questions, answers, rounds));
    for (int i = 0; i < rounds; i++) {
      await(questions.put(1));
      await(answers.get());
    }
    return await(answering);
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public int fermata() {
    return run(PingPongBenchmarkAsync.ask(ROUNDS));
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Ask(ROUNDS));
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          BlockingQueue<Integer> questions = new ArrayBlockingQueue<>(1);
          BlockingQueue<Integer> answers = new ArrayBlockingQueue<>(1);
          Future<Integer> answering =
              threads.executor.submit(
                  () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                      answers.put(questions.take());
                    }
                    return ROUNDS;
                  });
          for (int i = 0; i < ROUNDS; i++) {
            questions.put(1);
            answers.take();
          }
          return answering.get();
        });
  }

  /** A queue of one for tasks of the floor: with one task on each side, a put never waits here. */
  private static final class Cell {
    @Nullable Object value;
    @Nullable FloorTask waiter;

    void put(Object next) {
      value = next;
      FloorTask woken = waiter;
      if (woken != null) {
        waiter = null;
        woken.loop().ready(woken);
      }
    }
  }

  private static final class Ask extends Frame {
    private final Cell questions = new Cell();
    private final Cell answers = new Cell();
    private final int rounds;
    private int left;

    Ask(int rounds) {
      this.rounds = rounds;
      left = rounds;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        task.loop().create(new Answer(questions, answers, rounds));
        questions.put(1);
      }
      while (answers.value != null) {
        answers.value = null;
        if (--left == 0) {
          return rounds;
        }
        questions.put(1);
      }
      answers.waiter = task;
      return park(task);
    }
  }

  private static final class Answer extends Frame {
    private final Cell questions;
    private final Cell answers;
    private final int rounds;
    private int left;

    Answer(Cell questions, Cell answers, int rounds) {
      this.questions = questions;
      this.answers = answers;
      this.rounds = rounds;
      left = rounds;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      while (questions.value != null) {
        Object question = questions.value;
        questions.value = null;
        answers.put(question);
        if (--left == 0) {
          return rounds;
        }
      }
      questions.waiter = task;
      return park(task);
    }
  }
}
