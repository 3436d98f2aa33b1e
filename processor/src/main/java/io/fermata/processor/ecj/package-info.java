/**
 * Compiles coroutines under Eclipse's compiler, ECJ, which shows no method bodies to processors:
 * {@link io.fermata.processor.ecj.EcjHost} hands the text of the round's files to a javac of the
 * JVM's own, with the unchanged processor, and brings back the twins and what there is to say. What
 * no API of Java's gives is asked of ECJ by reflection, here and nowhere else. The processor's
 * entry is the only caller.
 */
@NullMarked
package io.fermata.processor.ecj;

import org.jspecify.annotations.NullMarked;
