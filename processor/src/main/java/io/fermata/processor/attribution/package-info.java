/**
 * Gives bodies their types, in a nested compile that the user's own never sees. In: the classes
 * that hold coroutines; out: an {@link io.fermata.processor.attribution.AttributedBody} for each,
 * valid while the nested compile runs. The driver calls it; {@code lowering} consumes its output.
 */
@NullMarked
package io.fermata.processor.attribution;

import org.jspecify.annotations.NullMarked;
