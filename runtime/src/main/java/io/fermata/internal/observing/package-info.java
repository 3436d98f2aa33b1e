/**
 * What a loop tells of its work while it runs, for those who record it.
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.observing;

import org.jspecify.annotations.NullMarked;
