/**
 * What JDK Flight Recorder is told of the loops. All that touches the module {@code jdk.jfr} is
 * here, and is loaded only on a JVM that has it.
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.flight;

import org.jspecify.annotations.NullMarked;
