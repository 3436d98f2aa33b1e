/**
 * What both worlds share: which awaitable ends how, and what a run recorded. Knows nothing of
 * Fermata.
 */
@NullMarked
package io.fermata.conformance.script;

import org.jspecify.annotations.NullMarked;
