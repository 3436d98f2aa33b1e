/** Tests of the body as data. */
@NullMarked
package io.fermata.processor.ir;

import org.jspecify.annotations.NullMarked;
