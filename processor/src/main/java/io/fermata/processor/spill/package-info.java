/**
 * Expressions cut at their resume points, in Java's order of evaluation.
 *
 * <p>In and out: an {@code IrBody}. Afterwards each resume point is a statement of its own, and all
 * expressions are plain.
 */
@NullMarked
package io.fermata.processor.spill;

import org.jspecify.annotations.NullMarked;
