/**
 * The annotation processor: {@link io.fermata.processor.CoroutineProcessor} is what javac finds,
 * and {@link io.fermata.processor.CoroutineCompiler} runs the passes in order. In: the round's
 * elements; out: one generated file for each class that holds coroutines, and the faults of the
 * compile.
 */
@NullMarked
package io.fermata.processor;

import org.jspecify.annotations.NullMarked;
