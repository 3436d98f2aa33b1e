package io.fermata;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link EventLoop#watch}: channels of the system on a loop, in real time. */
@Timeout(30)
class ChannelWatchTest {
  private final SelectorLoop loop = new SelectorLoop();
  private final List<ExceptionContext> reports = new ArrayList<>();
  private Pipe pipe;

  @BeforeEach
  void openPipe() throws IOException {
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
    pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    pipe.sink().configureBlocking(false);
  }

  @AfterEach
  void closeAll() throws IOException {
    loop.close();
    pipe.source().close();
    pipe.sink().close();
  }

  private void run(Co.VoidBody body) {
    loop.runUntilComplete(coroVoid("main", body));
  }

  private void write(String text) throws IOException {
    pipe.sink().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private String read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    int count = pipe.source().read(buffer);
    return count < 0 ? "end" : new String(buffer.array(), 0, count, UTF_8);
  }

  @Test
  void aHandlerIsCalledWhenItsChannelIsReadyAndOnlyForWhatThereIsInterestIn() {
    run(
        () -> {
          Promise<String> got = loop.createPromise();
          ChannelWatch watch = loop.watch(pipe.source(), 0, (w, ops) -> got.complete(read()));
          write("hello");
          await(sleep(Duration.ofMillis(20)));
          assertFalse(got.isDone());
          watch.interest(OP_READ);
          assertEquals("hello", await(got));
          watch.close();
          assertFalse(watch.isOpen());
          watch.close();
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void aHandlerRunsInACopyOfTheContextInWhichTheWatchBegan() {
    ContextVar<String> user = ContextVar.named("user");
    run(
        () -> {
          user.set("ann");
          Promise<String> got = loop.createPromise();
          ChannelWatch watch =
              loop.watch(
                  pipe.source(),
                  OP_READ,
                  (w, ops) -> {
                    w.interest(0);
                    got.complete(user.get());
                    user.set("bob");
                  });
          write("x");
          assertEquals("ann", await(got));
          assertEquals("ann", user.get());
          watch.close();
        });
  }

  @Test
  void whatAHandlerThrowsIsReportedOnceAndEndsItsWatch() {
    run(
        () -> {
          ChannelWatch watch =
              loop.watch(
                  pipe.source(),
                  OP_READ,
                  (w, ops) -> {
                    throw new IOException("broken");
                  });
          write("x");
          await(sleep(Duration.ofMillis(20)));
          assertFalse(watch.isOpen());
        });
    assertEquals(1, reports.size());
    assertEquals("broken", reports.get(0).exception().getMessage());
  }

  @Test
  void whatCantBeWatchedIsRefused() {
    run(
        () -> {
          assertThrows(
              IllegalArgumentException.class,
              () -> loop.watch(pipe.source(), OP_ACCEPT, (w, ops) -> {}));
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> {});
          assertThrows(IllegalArgumentException.class, () -> watch.interest(OP_WRITE));
          assertThrows(
              IllegalStateException.class,
              () -> loop.watch(pipe.source(), OP_READ, (w, ops) -> {}));
          watch.close();
          Pipe blocking = Pipe.open();
          assertThrows(
              IllegalBlockingModeException.class,
              () -> loop.watch(blocking.source(), OP_READ, (w, ops) -> {}));
          blocking.source().close();
          blocking.sink().close();
          assertThrows(
              ClosedChannelException.class,
              () -> loop.watch(blocking.source(), OP_READ, (w, ops) -> {}));
        });
  }

  @Test
  void aChannelIsWatchedAnewInTheSameStepAlsoInAHandler() {
    run(
        () -> {
          Promise<String> got = loop.createPromise();
          loop.watch(pipe.source(), OP_READ, (w, ops) -> {}).close();
          loop.watch(
              pipe.source(),
              OP_READ,
              (first, ops) -> {
                first.close();
                loop.watch(
                    pipe.source(),
                    OP_READ,
                    (second, again) -> {
                      second.close();
                      got.complete(read());
                    });
              });
          write("hello");
          assertEquals("hello", await(got));
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void aPortIsFreeAtOnceAfterTheCloseAndWhatOthersWaitForIsNotLost() {
    run(
        () -> {
          Promise<String> got = loop.createPromise();
          loop.watch(
              pipe.source(),
              OP_READ,
              (w, ops) -> {
                w.close();
                got.complete(read());
              });
          InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
          InetSocketAddress tcp = closedInTwoOrders(ServerSocketChannel::open, free);
          InetSocketAddress udp = closedInTwoOrders(DatagramChannel::open, free);
          write("hello");
          assertEquals(tcp, closedInTwoOrders(ServerSocketChannel::open, tcp));
          assertEquals(udp, closedInTwoOrders(DatagramChannel::open, udp));
          assertFalse(got.isDone(), "no handler runs in the middle of a step");
          assertEquals("hello", await(got));
        });
    assertEquals(List.of(), reports);
  }

  private interface Opening {
    NetworkChannel open() throws IOException;
  }

  /** Where it was bound, twice. */
  private InetSocketAddress closedInTwoOrders(Opening opening, InetSocketAddress at)
      throws IOException {
    InetSocketAddress address = at;
    for (boolean watchFirst : List.of(true, false)) {
      NetworkChannel channel = opening.open().bind(address);
      address = (InetSocketAddress) channel.getLocalAddress();
      SelectableChannel selectable = (SelectableChannel) channel;
      selectable.configureBlocking(false);
      ChannelWatch watch = loop.watch(selectable, selectable.validOps() & ~OP_WRITE, (w, o) -> {});
      if (watchFirst) {
        watch.close();
      }
      channel.close();
      watch.close();
    }
    return address;
  }

  @Test
  void aListenersPortIsFreeInTheNextPassAfterItsClose() {
    run(
        () -> {
          ServerSocketChannel first = ServerSocketChannel.open();
          first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          first.configureBlocking(false);
          ChannelWatch watch = loop.watch(first, OP_ACCEPT, (w, ops) -> {});
          InetSocketAddress address = (InetSocketAddress) first.getLocalAddress();
          await(sleep(Duration.ofMillis(1)));
          watch.close();
          first.close();
          await(sleep(Duration.ZERO));
          try (ServerSocketChannel second = ServerSocketChannel.open()) {
            second.bind(address);
          } catch (BindException e) {
            throw new AssertionError("the port is held by a closed listener", e);
          }
          assertThrows(
              IOException.class, () -> new Socket(address.getAddress(), address.getPort()).close());
        });
  }

  @Test
  void whatWasClosedInTheLastPassOfARunIsGoneBehindIt() throws IOException {
    ServerSocketChannel first = ServerSocketChannel.open();
    first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    InetSocketAddress address = (InetSocketAddress) first.getLocalAddress();
    run(
        () -> {
          first.configureBlocking(false);
          ChannelWatch watch = loop.watch(first, OP_ACCEPT, (w, ops) -> {});
          await(sleep(Duration.ofMillis(1)));
          watch.close();
          first.close();
        });
    try (ServerSocketChannel second = ServerSocketChannel.open()) {
      second.bind(address);
      assertEquals(address, second.getLocalAddress());
    }
  }

  @Test
  void NET_52_whatYieldsForEverDoesNotStarveChannels() {
    run(
        () -> {
          Promise<String> got = loop.createPromise();
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> got.complete(read()));
          write("hello");
          int passes = 0;
          while (!got.isDone()) {
            await(sleep(Duration.ZERO));
            assertTrue(++passes < 100, "passes without a look at the channels");
          }
          watch.close();
        });
  }

  @Test
  void NET_52_timersThatAreAlwaysDueDoNotStarveChannels() {
    run(
        () -> {
          Promise<String> got = loop.createPromise();
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> got.complete(read()));
          write("hello");
          AtomicInteger timers = new AtomicInteger();
          Runnable[] again = new Runnable[1];
          again[0] =
              () -> {
                timers.incrementAndGet();
                if (!got.isDone()) {
                  loop.callAt(0, again[0]);
                }
              };
          again[0].run();
          await(got);
          assertTrue(timers.get() < 100, "timers without a look at the channels: " + timers);
          watch.close();
        });
  }

  @Test
  void NET_52_aChannelThatIsAlwaysReadyDoesNotStarveTimersAndTasks() {
    run(
        () -> {
          AtomicInteger calls = new AtomicInteger();
          ChannelWatch watch =
              loop.watch(pipe.sink(), OP_WRITE, (w, ops) -> calls.incrementAndGet());
          Task<Integer> yielding =
              loop.createTask(
                  coro(
                      () -> {
                        for (int i = 0; i < 1000; i++) {
                          await(sleep(Duration.ZERO));
                        }
                        return calls.get();
                      }));
          await(sleep(Duration.ofMillis(10)));
          assertTrue(await(yielding) < 1000, "calls of the handler in 1000 passes");
          watch.close();
        });
  }

  @Test
  void NET_53_aCallFromAnotherThreadWakesTheLoopThatSelects() throws InterruptedException {
    long start = System.nanoTime();
    run(
        () -> {
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> {});
          for (int i = 0; i < 200; i++) {
            Promise<String> got = loop.createPromise();
            CountDownLatch begun = new CountDownLatch(1);
            Thread caller =
                new Thread(
                    () -> {
                      begun.countDown();
                      loop.callSoonThreadsafe(() -> got.complete("woken"));
                    });
            caller.start();
            begun.await(); // so that some calls come just before the select, and some in it
            assertEquals("woken", await(got));
            caller.join();
          }
          watch.close();
        });
    long each = (System.nanoTime() - start) / 200;
    assertTrue(each < 20_000_000, "a wake-up took " + Duration.ofNanos(each));
  }

  /** Sleeps in its selector, and counts who wakes it. */
  private static final class CountingLoop extends EventLoop {
    private final long start = System.nanoTime();
    final AtomicInteger wakeUps = new AtomicInteger();
    volatile Runnable beforeWakeUp = () -> {};
    volatile boolean asleep;

    CountingLoop() {
      super(16);
    }

    @Override
    public long time() {
      return System.nanoTime() - start;
    }

    @Override
    protected void idle(long nanos) {
      asleep = true;
      select(nanos);
      asleep = false;
    }

    @Override
    protected void wakeUp() {
      wakeUps.incrementAndGet();
      Runnable once = beforeWakeUp;
      beforeWakeUp = () -> {};
      once.run();
      wakeSelector();
    }
  }

  @Test
  void NET_53_manyCallsThatFindTheLoopAsleepWakeItOnce() {
    CountingLoop counting = new CountingLoop();
    List<Integer> order = new ArrayList<>();
    counting.runUntilComplete(
        coroVoid(
            () -> {
              ChannelWatch watch = counting.watch(pipe.source(), OP_READ, (w, ops) -> {});
              Promise<String> last = counting.createPromise();
              // The first call finds it asleep; the others come before it is up.
              counting.beforeWakeUp =
                  () -> {
                    for (int i = 1; i < 1000; i++) {
                      int number = i;
                      counting.callSoonThreadsafe(() -> order.add(number));
                    }
                    counting.callSoonThreadsafe(() -> last.complete("woken"));
                  };
              Thread caller =
                  new Thread(
                      () -> {
                        while (!counting.asleep) {
                          Thread.onSpinWait();
                        }
                        counting.callSoonThreadsafe(() -> order.add(0));
                      });
              caller.start();
              assertEquals("woken", await(last));
              assertEquals(1, counting.wakeUps.get());
              assertEquals(IntStream.range(0, 1000).boxed().toList(), order);
              counting.callSoonThreadsafe(() -> order.add(1000));
              await(sleep(Duration.ZERO));
              assertEquals(1, counting.wakeUps.get(), "it was awake");
              watch.close();
            }));
    counting.close();
  }

  @Test
  void NET_54_aTimerOfLessThanAMillisecondIsNotEarlyAndNeverForEver() {
    run(
        () -> {
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> {});
          for (long nanos : new long[] {1, 10_000, 200_000, 999_999, 1_000_000, 1_000_001}) {
            long start = loop.time();
            await(sleep(Duration.ofNanos(nanos)));
            long late = loop.time() - start - nanos;
            assertTrue(late >= 0, nanos + " ns: " + late);
          }
          watch.close();
        });
  }

  @Test
  void NET_54_aTimerIsAboutAMillisecondLateAtMost() {
    run(
        () -> {
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> {});
          for (long nanos : new long[] {10_000, 999_999, 1_000_001, 5_500_000}) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 50 && least > 1_500_000; i++) { // others use the machine too
              long start = loop.time();
              await(sleep(Duration.ofNanos(nanos)));
              least = Math.min(least, loop.time() - start - nanos);
            }
            assertTrue(least <= 1_500_000, nanos + " ns: " + least + " ns late at best");
          }
          watch.close();
        });
  }

  @Test
  void NET_54_aSelectorIsAskedForWholeMillisecondsAndForZeroOnlyIfItIsForEver() throws IOException {
    SpinningSelector recording = new SpinningSelector();
    LoopSelector selector = new LoopSelector(loop, () -> recording);
    for (long nanos :
        new long[] {1, 999_999, 1_000_000, 1_000_001, 5_500_000, Long.MAX_VALUE - 1}) {
      selector.select(nanos);
      assertEquals((nanos - 1) / 1_000_000 + 1, recording.timeout, nanos + " ns");
    }
    selector.select(Long.MAX_VALUE);
    assertEquals(0, recording.timeout);
    selector.close();
  }

  @Test
  void NET_55_aLoopHasNoSelectorBeforeItsFirstChannel() throws Exception {
    assertFalse(loop.hasSelector());
    run(
        () -> {
          await(sleep(Duration.ofMillis(1)));
          assertFalse(loop.hasSelector());
          ChannelWatch watch = loop.watch(pipe.source(), OP_READ, (w, ops) -> {});
          assertTrue(loop.hasSelector());
          watch.close();
        });
  }

  @Test
  void NET_55_aLoopThatIsClosedClosesItsChannelsAndNamesThem() {
    List<String> ended = new ArrayList<>();
    ReadyHandler handler =
        new ReadyHandler() {
          @Override
          public void ready(ChannelWatch watch, int operations) {}

          @Override
          public void loopCloses(ChannelWatch watch) {
            ended.add(watch.isOpen() + "");
          }

          @Override
          public String toString() {
            return "the reader of the pipe";
          }
        };
    run(() -> loop.watch(pipe.source(), OP_READ, handler));
    loop.close();
    assertEquals(List.of("true"), ended);
    assertFalse(pipe.source().isOpen());
    assertEquals(1, reports.size());
    assertTrue(reports.get(0).subject().contains("the reader of the pipe"), reports.toString());
  }

  @Test
  void underVirtualTimeTheClockGoesOnAsOnTheWallOnceAChannelIsWatched() {
    VirtualTimeLoop virtual = new VirtualTimeLoop();
    virtual.runUntilComplete(
        coroVoid(
            () -> {
              await(sleep(Duration.ofHours(1)));
              Promise<String> got = virtual.createPromise();
              ChannelWatch watch =
                  virtual.watch(pipe.source(), OP_READ, (w, ops) -> got.complete(read()));
              Thread writer =
                  new Thread(
                      () -> {
                        try {
                          write("hello");
                        } catch (IOException e) {
                          throw new AssertionError(e);
                        }
                      });
              writer.start();
              assertEquals("hello", await(Async.waitFor(got, Duration.ofSeconds(20))));
              watch.close();
            }));
    virtual.close();
  }

  @Test
  void anInterruptEndsASelectAndCancelsTheMainTask() {
    Thread own = Thread.currentThread();
    assertThrows(
        InterruptedRunException.class,
        () ->
            Async.run(
                coroVoid(
                    () -> {
                      ChannelWatch watch =
                          EventLoop.running().watch(pipe.source(), OP_READ, (w, ops) -> {});
                      EventLoop.running().callSoon(() -> new Thread(own::interrupt).start());
                      try {
                        await(EventLoop.running().createPromise());
                      } finally {
                        watch.close();
                      }
                    })));
    assertTrue(Thread.interrupted());
  }

  @Test
  void whatIsAskedForAtTheEndOfAPassRunsBeforeTheLoopLooksForMore() {
    List<String> order = new ArrayList<>();
    run(
        () -> {
          loop.callAtPassEnd(
              () -> {
                order.add("end of pass");
                loop.callAtPassEnd(() -> order.add("asked for there"));
              });
          loop.callSoon(() -> order.add("next pass"));
          order.add("this pass");
          await(sleep(Duration.ZERO));
        });
    assertEquals(List.of("this pass", "end of pass", "asked for there", "next pass"), order);
    loop.callAtPassEnd(() -> order.add("before the loop runs"));
    loop.callAtPassEnd(
        () -> {
          throw new IllegalStateException("broken");
        });
    order.clear();
    run(() -> {});
    assertEquals(List.of("before the loop runs"), order);
    assertEquals("broken", reports.get(0).exception().getMessage());
  }

  /** Returns from each select at once and with nothing, as faulty systems make real ones do. */
  private static final class SpinningSelector extends AbstractSelector {
    private final Set<SelectionKey> keys = new HashSet<>();
    int selects;
    long timeout = -1;

    SpinningSelector() {
      super(SelectorProvider.provider());
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attached) {
      Key key = new Key(this, channel, ops);
      key.attach(attached);
      keys.add(key);
      return key;
    }

    @Override
    public Set<SelectionKey> keys() {
      return keys;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
      return Set.of();
    }

    @Override
    public int selectNow() {
      return 0;
    }

    @Override
    public int select(long timeout) {
      return 0;
    }

    @Override
    public int select() {
      return 0;
    }

    @Override
    public int select(Consumer<SelectionKey> action, long newTimeout) {
      selects++;
      timeout = newTimeout;
      return 0;
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) {
      return 0;
    }

    @Override
    public Selector wakeup() {
      return this;
    }

    @Override
    protected void implCloseSelector() {
      keys.forEach(key -> deregister((Key) key));
    }

    private static final class Key extends AbstractSelectionKey {
      private final Selector selector;
      private final SelectableChannel channel;
      private int ops;

      Key(Selector selector, SelectableChannel channel, int ops) {
        this.selector = selector;
        this.channel = channel;
        this.ops = ops;
      }

      @Override
      public SelectableChannel channel() {
        return channel;
      }

      @Override
      public Selector selector() {
        return selector;
      }

      @Override
      public int interestOps() {
        return ops;
      }

      @Override
      public SelectionKey interestOps(int newOps) {
        ops = newOps;
        return this;
      }

      @Override
      public int readyOps() {
        return 0;
      }
    }
  }

  @Test
  void aSelectorThatSpinsIsReplacedAndNothingIsLost() throws IOException {
    SpinningSelector spinning = new SpinningSelector();
    List<Selector> opened = new ArrayList<>();
    LoopSelector selector =
        new LoopSelector(
            loop,
            () -> {
              Selector next = opened.isEmpty() ? spinning : Selector.open();
              opened.add(next);
              return next;
            });
    List<String> got = new ArrayList<>();
    ChannelWatch watch = selector.watch(pipe.source(), OP_READ, (w, ops) -> got.add(read()));
    write("hello");
    while (got.isEmpty()) {
      selector.select(Long.MAX_VALUE);
    }
    assertEquals(List.of("hello"), got);
    assertEquals(512, spinning.selects);
    assertFalse(spinning.isOpen());
    assertEquals(2, opened.size());
    watch.interest(0);
    watch.close();
    selector.close();
  }

  @Test
  void aSelectThatIsWokenOrTimesOutIsNoSpin() throws IOException {
    List<Selector> opened = new ArrayList<>();
    LoopSelector selector =
        new LoopSelector(
            loop,
            () -> {
              opened.add(Selector.open());
              return opened.get(opened.size() - 1);
            });
    for (int i = 0; i < 600; i++) {
      selector.wakeUp();
      selector.select(Long.MAX_VALUE);
      selector.select(1);
    }
    assertEquals(1, opened.size());
    selector.close();
  }
}
