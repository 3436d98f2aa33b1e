/**
 * Statements that are short for others, written out where a resume point stands in them.
 *
 * <p>In and out: an {@code IrBody}. Afterwards there is no for-each loop and no try with resources.
 */
@NullMarked
package io.fermata.processor.desugar;

import org.jspecify.annotations.NullMarked;
