"""Does a row's work with asyncio; prints what Measurement prints, with no bytes; alone, the rows."""

import asyncio
import contextvars
import statistics
import sys
import time


async def one():
    return 1


async def yield_once():
    await asyncio.sleep(0)
    return 1


async def yields(count):
    for _ in range(count):
        await asyncio.sleep(0)
    return count


async def ping_pong(count):
    questions, answers = asyncio.Queue(1), asyncio.Queue(1)

    async def answer():
        for _ in range(count):
            await answers.put(await questions.get())
        return count

    answering = asyncio.create_task(answer())
    for _ in range(count):
        await questions.put(1)
        await answers.get()
    return await answering


async def create_task(count):
    total = 0
    for _ in range(count):
        total += await asyncio.create_task(one())
    return total


async def same(number):
    return number


async def gather_child(count):
    total = 0
    for _ in range(count // 100):
        total += sum(await asyncio.gather(*[same(number) for number in range(100)]))
    return total


async def task_group(count):
    total = [0]

    async def child(number):
        total[0] += number

    for _ in range(count // 100):
        async with asyncio.TaskGroup() as group:
            for number in range(100):
                group.create_task(child(number))
    return total[0]


async def add_three(number):
    if number == -1:
        await asyncio.sleep(0)
    return number + 3


async def plain_call(count):
    number = 0
    for _ in range(count):
        number = await add_three(number)
    return number


async def descend(depth, number, suspend):
    if depth > 1:
        return 1 + await descend(depth - 1, number, suspend)
    if suspend:
        await asyncio.sleep(0)
    return 1 + number


async def chains(count, suspend):
    number = 0
    for _ in range(count // 10):
        number = await descend(10, number, suspend)
    return number


async def chain(count):
    return await chains(count, False)


async def suspended_chain(count):
    return await chains(count, True)


async def call(count):
    total = 0
    for _ in range(count):
        total += await yield_once()
    return total


async def sleeper(result):
    await asyncio.sleep(0.01)
    return result


async def gather(count):
    return len(await asyncio.gather(*[sleeper(number) for number in range(count)]))


async def numbers(count, suspend):
    for i in range(count):
        if suspend:
            await asyncio.sleep(0)
        yield i % 100


async def async_generator(count):
    total = 0
    async for number in numbers(count, False):
        total += number
    return total


async def yielding_generator(count):
    total = 0
    async for number in numbers(count, True):
        total += number
    return total


async def generator(count):
    total = 0
    for number in (i % 100 for i in range(count)):
        total += number
    return total


async def timeout(count):
    left = 0
    for _ in range(count):
        async with asyncio.timeout(3600):
            await asyncio.sleep(0)
            left += 1
    return left


async def wait_for(count):
    total = 0
    for _ in range(count):
        total += await asyncio.wait_for(yield_once(), 3600)
    return total


async def cancel(count):
    cancelled = [0]

    async def cancelled_sleeper():
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled[0] += 1
            raise

    tasks = [asyncio.create_task(cancelled_sleeper()) for _ in range(count)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            cancelled[0] += 1
    return cancelled[0]


REQUEST = contextvars.ContextVar("request")


async def child(part):
    await asyncio.sleep(0.001)
    return REQUEST.get() + part


async def request(number, permits):
    REQUEST.set(number)
    async with asyncio.timeout(60):
        async with permits:
            for _ in range(3):
                await asyncio.sleep(0.001)
            return sum(await asyncio.gather(child(0), child(1), child(2)))


async def service(count):
    permits = asyncio.Semaphore(1000)
    tasks = [asyncio.create_task(request(number, permits)) for number in range(count)]
    total = 0
    for task in tasks:
        total += await task
    return total


ROWS = {
    "YieldBenchmark": yields,
    "PingPongBenchmark": ping_pong,
    "CreateTaskBenchmark": create_task,
    "GatherChildBenchmark": gather_child,
    "TaskGroupBenchmark": task_group,
    "PlainCallBenchmark": plain_call,
    "ChainBenchmark": chain,
    "CallBenchmark": call,
    "SuspendedChainBenchmark": suspended_chain,
    "GatherBenchmark": gather,
    "GeneratorBenchmark": generator,
    "AsyncGeneratorBenchmark": async_generator,
    "YieldingGeneratorBenchmark": yielding_generator,
    "TimeoutBenchmark": timeout,
    "WaitForBenchmark": wait_for,
    "CancelBenchmark": cancel,
    "ServiceBenchmark": service,
}


def as_int(number):
    """The number as an int of Java's."""
    return (number + 2**31) % 2**32 - 2**31


def main():
    if len(sys.argv) == 1:
        asyncio.TaskGroup, asyncio.timeout  # fails on a Python that is too old
        print(*ROWS)
        return
    row, count = sys.argv[1], int(sys.argv[2])
    warm_up, seconds = float(sys.argv[3]), float(sys.argv[4])

    def perform():
        return as_int(asyncio.run(ROWS[row](count)))

    result = perform()
    end = time.process_time() + min(warm_up, 1)
    while time.process_time() < end:
        perform()
    times, cpu = [], time.process_time()
    while not times or sum(times) < seconds:
        start = time.perf_counter()
        if perform() != result:
            sys.exit("the result has changed")
        times.append(time.perf_counter() - start)
    cpu = (time.process_time() - cpu) / len(times)
    print(statistics.median(times) / count * 1e9, cpu / count * 1e9, "NaN", result)


main()
