/** For tests of code that runs on the loop: time that jumps instead of passing. */
@NullMarked
package io.fermata.testing;

import org.jspecify.annotations.NullMarked;
