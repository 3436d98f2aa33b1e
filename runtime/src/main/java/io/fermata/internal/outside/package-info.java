/**
 * The tools that look at the tasks of another JVM: {@code java -jar fermata-runtime.jar ps}. They
 * attach to it, have the runtime there register its bean, and print what that tells as JSON. Of the
 * runtime they use that text only, since the other JVM may have another version.
 *
 * <p>Nothing may call it but the JVM, and {@code java.management}, which makes the {@link
 * io.fermata.internal.outside.Bell} there.
 */
@NullMarked
package io.fermata.internal.outside;

import org.jspecify.annotations.NullMarked;
