/**
 * From javac's typed trees to the IR.
 *
 * <p>In: an {@code AttributedBody} while its nested compile is alive. Out: an {@code IrBody}, and
 * faults for what a generated class cannot do. Await-free subtrees stay whole: {@code CodeCutter}
 * cuts their text and replaces only the names that mean something else in the generated class.
 */
@NullMarked
package io.fermata.processor.lowering;

import org.jspecify.annotations.NullMarked;
