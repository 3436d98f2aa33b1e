/**
 * Where coroutines wait in line: for the primitives of {@code io.fermata.sync}, for queues and for
 * their turn in a group.
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.waiting;

import org.jspecify.annotations.NullMarked;
