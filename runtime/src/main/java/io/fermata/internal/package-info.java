/**
 * The loop's data structures, and what is small and of use to many. They know nothing of the API,
 * and nothing outside may call them.
 */
@NullMarked
package io.fermata.internal;

import org.jspecify.annotations.NullMarked;
