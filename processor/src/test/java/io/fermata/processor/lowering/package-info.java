/** Helpers of tests that look into the lowering. */
@NullMarked
package io.fermata.processor.lowering;

import org.jspecify.annotations.NullMarked;
