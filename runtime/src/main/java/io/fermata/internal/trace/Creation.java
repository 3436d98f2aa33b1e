package io.fermata.internal.trace;

import io.fermata.codegen.LineTable;
import org.jspecify.annotations.Nullable;

/**
 * How a task came to be.
 *
 * @param name what the user called it, or null
 * @param coroutine where its code stands
 * @param by whose code made it
 * @param site where, in the user's source
 */
record Creation(@Nullable String name, LineTable coroutine, int by, CreationSites.Site site) {}
