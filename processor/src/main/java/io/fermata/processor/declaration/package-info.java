/**
 * Reads what stands in a coroutine's signature. In: the elements of the round; out: {@link
 * io.fermata.processor.declaration.CoroutineMethod}, plain data without trees or elements, and the
 * faults that the signature alone shows. Everything after it may use the data; only {@code
 * attribution} and the driver read elements.
 */
@NullMarked
package io.fermata.processor.declaration;

import org.jspecify.annotations.NullMarked;
