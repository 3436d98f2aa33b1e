/** Tests of what JUnit makes of coroutines: they run others through JUnit's own launcher. */
@NullMarked
package io.fermata.junit;

import org.jspecify.annotations.NullMarked;
