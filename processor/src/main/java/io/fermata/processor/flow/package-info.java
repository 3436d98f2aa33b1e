/**
 * The body of a coroutine as basic blocks.
 *
 * <p>Role: makes every way that control can take explicit. In: the {@link
 * io.fermata.processor.ir.IrBody} that the {@code spill} pass leaves, whose only resume points are
 * {@code Suspend} statements. Out: a {@link io.fermata.processor.flow.FlowGraph}, read by {@code
 * machine}.
 */
@NullMarked
package io.fermata.processor.flow;

import org.jspecify.annotations.NullMarked;
