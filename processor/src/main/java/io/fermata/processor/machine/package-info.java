/**
 * The body of a coroutine as a state machine, ready to be printed.
 *
 * <p>Role: decides states, slots, what is stored and let go of where, and every name. In: a {@link
 * io.fermata.processor.flow.FlowGraph}. Out: a {@link io.fermata.processor.machine.StateMachine},
 * printed by {@code emit}.
 */
@NullMarked
package io.fermata.processor.machine;

import org.jspecify.annotations.NullMarked;
