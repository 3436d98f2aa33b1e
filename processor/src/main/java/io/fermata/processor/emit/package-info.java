/**
 * The text of generated classes.
 *
 * <p>Role: prints what {@code machine} decided, and decides nothing about control or data itself.
 * In: {@link io.fermata.processor.emit.TwinClass}. Out: the source of the twin. The only package
 * that knows JavaPoet.
 */
@NullMarked
package io.fermata.processor.emit;

import org.jspecify.annotations.NullMarked;
