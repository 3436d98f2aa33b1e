/** Tests of the state machine. */
@NullMarked
package io.fermata.processor.machine;

import org.jspecify.annotations.NullMarked;
