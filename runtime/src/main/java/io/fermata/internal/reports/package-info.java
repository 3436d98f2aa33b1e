/**
 * What people are told: stack traces in the lines of their own source, texts of values, the log,
 * the tree of tasks. It knows the API, and what else it looks at by {@link
 * io.fermata.internal.reports.LoopAccess} alone.
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.reports;

import org.jspecify.annotations.NullMarked;
