/**
 * The body of a coroutine as data, free of javac's objects.
 *
 * <p>Role: what the passes hand on to each other. Made by {@code lowering}, rewritten by {@code
 * desugar} and {@code spill}, read by {@code flow}. Everything here is immutable. Code that has no
 * resume point is carried through as the user wrote it, as {@link io.fermata.processor.ir.Code}:
 * text with holes for the few pieces that must change.
 */
@NullMarked
package io.fermata.processor.ir;

import org.jspecify.annotations.NullMarked;
