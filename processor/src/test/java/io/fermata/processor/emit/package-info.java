/** Bodies built by hand, emitted, compiled and run. */
@NullMarked
package io.fermata.processor.emit;

import org.jspecify.annotations.NullMarked;
