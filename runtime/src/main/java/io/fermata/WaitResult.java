package io.fermata;

import java.util.Set;

/**
 * What {@link Async#waitUntil} gives.
 *
 * <pre>{@code
 * WaitResult<Task<String>> result = await(waitUntil(tasks, FIRST_COMPLETED));
 * result.pending().forEach(Task::cancel);
 * for (Task<String> task : result.done()) {
 *   System.out.println(await(task));
 * }
 * }</pre>
 *
 * <p>asyncio: the pair of {@code wait}.
 *
 * @param done those that are done, in the order in which they were given
 * @param pending the others; they have not been cancelled
 * @param <F> type of the promises waited for
 */
public record WaitResult<F>(Set<F> done, Set<F> pending) {}
