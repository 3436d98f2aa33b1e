/**
 * Locks, events, conditions, semaphores and barriers for the tasks of one loop, as in asyncio. They
 * are fair, and they belong to the loop's thread: none of them makes anything safe for several
 * threads.
 *
 * <p>Written with what any user of {@code io.fermata} could use: each waiting method is a hand-made
 * coroutine that awaits a promise from {@code Waiters}.
 */
@NullMarked
package io.fermata.sync;

import org.jspecify.annotations.NullMarked;
