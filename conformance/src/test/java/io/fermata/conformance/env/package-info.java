/**
 * What the body of a case talks to. The same source is compiled in both worlds; only {@code
 * Awaitables} differs.
 */
@NullMarked
package io.fermata.conformance.env;

import org.jspecify.annotations.NullMarked;
