/**
 * Queues between the tasks of one loop, as in asyncio: who gets from an empty one or puts into a
 * full one waits. They belong to the loop's thread.
 *
 * <p>Written with what any user of {@code io.fermata} could use: each waiting method is a hand-made
 * coroutine that awaits its turn in a {@code WaitingLine}.
 */
@NullMarked
package io.fermata.queue;

import org.jspecify.annotations.NullMarked;
