/** What the rows of the comparison do, with Kotlin's coroutines: a class for each, named as the row. */
package io.fermata.benchmarks.kotlin

import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.nanoseconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

private fun sized(whole: Int) = whole / Integer.getInteger("fermata.benchmarks.divisor", 1)

private suspend fun yieldOnce(): Int {
  yield()
  return 1
}

class YieldBenchmark {
  fun kotlin(): Int = runBlocking {
    repeat(100_000) { yield() }
    100_000
  }
}

class PingPongBenchmark {
  fun kotlin(): Int = runBlocking {
    val rounds = 20_000
    val questions = Channel<Int>(1)
    val answers = Channel<Int>(1)
    val answering = async {
      repeat(rounds) { answers.send(questions.receive()) }
      rounds
    }
    repeat(rounds) {
      questions.send(1)
      answers.receive()
    }
    answering.await()
  }
}

class CreateTaskBenchmark {
  fun kotlin(): Int = runBlocking {
    var sum = 0
    repeat(100_000) { sum += async { 1 }.await() }
    sum
  }
}

class EagerTaskBenchmark {
  fun kotlin(): Int = runBlocking {
    var number = 0
    repeat(100_000) {
      val last = number
      number = async(start = CoroutineStart.UNDISPATCHED) { 31 * last + 1 }.await()
    }
    number
  }
}

class GatherChildBenchmark {
  fun kotlin(): Int = runBlocking {
    var sum = 0
    repeat(1_000) { sum += List(100) { number -> async { number } }.awaitAll().sum() }
    sum
  }
}

class TaskGroupBenchmark {
  fun kotlin(): Int = runBlocking {
    var sum = 0
    repeat(1_000) {
      coroutineScope { repeat(100) { number -> launch { sum += number } } }
    }
    sum
  }
}

class DoneBenchmark {
  fun kotlin(): Int = runBlocking {
    val done = List(1_024) { CompletableDeferred(it) }
    var sum = 0
    for (i in 0 until 1_000_000) {
      sum += done[i % 1_024].await()
    }
    sum
  }
}

class PlainCallBenchmark {
  private suspend fun next(number: Int): Int {
    if (number == Int.MIN_VALUE) {
      yield()
    }
    return number + 3
  }

  fun kotlin(): Int = runBlocking {
    var number = 0
    for (i in 0 until 1_000_000) {
      number = next(number)
    }
    number
  }
}

class ChainBenchmark {
  private suspend fun descend(depth: Int, number: Int): Int {
    if (depth > 1) {
      return 1 + descend(depth - 1, number)
    }
    if (number < 0) {
      yield()
    }
    return 1 + number
  }

  fun kotlin(): Int = runBlocking {
    var number = 0
    repeat(20_000) { number = descend(10, number) }
    number
  }
}

class CallBenchmark {
  fun kotlin(): Int = runBlocking {
    var sum = 0
    repeat(100_000) { sum += yieldOnce() }
    sum
  }
}

class SuspendedChainBenchmark {
  private suspend fun descend(depth: Int, number: Int): Int {
    if (depth > 1) {
      return 1 + descend(depth - 1, number)
    }
    yield()
    return 1 + number
  }

  fun kotlin(): Int = runBlocking {
    var number = 0
    repeat(20_000) { number = descend(10, number) }
    number
  }
}

class DeepResumeBenchmark {
  private suspend fun descend(depth: Int, yields: Int): Int {
    if (depth > 0) {
      val result = descend(depth - 1, yields)
      return result
    }
    repeat(yields) { yield() }
    return yields
  }

  fun kotlin(): Int = runBlocking { descend(1_000, 100_000) }
}

class LazySkynetBenchmark {
  fun kotlin(): Long = runBlocking { skynet(0, sized(1_000_000), CoroutineStart.DEFAULT) }
}

class SkynetBenchmark {
  fun kotlin(): Long = runBlocking { skynet(0, sized(1_000_000), CoroutineStart.UNDISPATCHED) }
}

private suspend fun skynet(number: Long, size: Int, start: CoroutineStart): Long {
  if (size == 1) {
    return number
  }
  val step = size / 10
  return coroutineScope {
    val children = ArrayList<Deferred<Long>>(10)
    for (i in 0 until 10) {
      children.add(async(start = start) { skynet(number + i.toLong() * step, step, start) })
    }
    var sum = 0L
    for (child in children) {
      sum += child.await()
    }
    sum
  }
}

class SkynetCallBenchmark {
  private suspend fun skynet(number: Long, size: Int): Long {
    if (size == 1) {
      return number
    }
    val step = size / 10
    var sum = 0L
    for (i in 0 until 10) {
      sum += skynet(number + i.toLong() * step, step)
    }
    return sum
  }

  fun kotlin(): Long = runBlocking { skynet(0, sized(1_000_000)) }
}

class GatherBenchmark {
  fun kotlin(): Int = runBlocking {
    List(sized(100_000)) {
          async {
            delay(10)
            it
          }
        }
        .awaitAll()
        .size
  }
}

class TimerBenchmark {
  fun kotlin(): Long = runBlocking {
    val sleepers = List(sized(1_000_000)) { number ->
      async {
        delay(Math.floorMod(number * -0x61c88647, 100_000_000).nanoseconds)
        number
      }
    }
    var sum = 0L
    for (sleeper in sleepers) {
      sum += sleeper.await()
    }
    sum
  }
}

class GeneratorBenchmark {
  fun kotlin(): Int {
    val numbers = sequence {
      for (i in 0 until 1_000_000) {
        yield(i % 100)
      }
    }
    var sum = 0
    for (number in numbers) {
      sum += number
    }
    return sum
  }
}

class AsyncGeneratorBenchmark {
  private fun numbers(): Flow<Int> = flow {
    for (i in 0 until 200_000) {
      emit(i % 100)
    }
  }

  fun kotlin(): Int = runBlocking {
    var sum = 0
    numbers().collect { sum += it }
    sum
  }
}

class YieldingGeneratorBenchmark {
  private fun numbers(): Flow<Int> = flow {
    for (i in 0 until 200_000) {
      yield()
      emit(i % 100)
    }
  }

  fun kotlin(): Int = runBlocking {
    var sum = 0
    numbers().collect { sum += it }
    sum
  }
}

class TimeoutBenchmark {
  fun kotlin(): Int = runBlocking {
    var left = 0
    repeat(50_000) {
      withTimeout(1.hours) {
        yield()
        left++
      }
    }
    left
  }
}

class WaitForBenchmark {
  fun kotlin(): Int = runBlocking {
    var sum = 0
    repeat(50_000) { sum += withTimeout(1.hours) { yieldOnce() } }
    sum
  }
}

class MessageBenchmark {
  fun kotlin(): Int = runBlocking {
    val channel = Channel<Int>(Channel.UNLIMITED)
    Thread { repeat(200_000) { channel.trySend(it) } }.start()
    var sum = 0
    repeat(200_000) { sum += channel.receive() }
    sum
  }
}

class CancelBenchmark {
  fun kotlin(): Int = runBlocking {
    var cancelled = 0
    val sleepers =
        List(sized(100_000)) {
          launch {
            try {
              delay(1.hours)
            } catch (e: CancellationException) {
              cancelled++
              throw e
            }
          }
        }
    yield()
    for (sleeper in sleepers) {
      sleeper.cancel()
    }
    for (sleeper in sleepers) {
      sleeper.join()
      if (sleeper.isCancelled) {
        cancelled++
      }
    }
    cancelled
  }
}

class ServiceBenchmark {
  private class Request(val number: Int) : AbstractCoroutineContextElement(Request) {
    companion object Key : CoroutineContext.Key<Request>
  }

  private suspend fun child(part: Int): Int {
    delay(1)
    return coroutineContext[Request]!!.number + part
  }

  private suspend fun request(permits: Semaphore): Int =
      withTimeout(1.minutes) {
        permits.withPermit {
          repeat(3) { delay(1) }
          coroutineScope { List(3) { part -> async { child(part) } }.awaitAll().sum() }
        }
      }

  fun kotlin(): Int = runBlocking {
    val permits = Semaphore(1_000)
    List(sized(10_000)) { number -> async(Request(number)) { request(permits) } }.awaitAll().sum()
  }
}

class SleepingTaskHeap {
  fun kotlin(): Long = runBlocking {
    val tasks = sized(100_000)
    val sleepers = ArrayList<Deferred<Unit>>(tasks)
    val before = used()
    repeat(tasks) { sleepers.add(async { delay(1.hours) }) }
    yield()
    val bytes = (used() - before) / tasks
    for (sleeper in sleepers) {
      sleeper.cancel()
    }
    bytes
  }

  private fun used(): Long {
    repeat(4) { System.gc() }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()
  }
}

object Hello {
  @JvmStatic
  fun main(args: Array<String>) = runBlocking {
    yield()
    println("hello world")
  }
}
