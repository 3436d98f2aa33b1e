/** Random programs, run in both worlds and shrunk where they differ. */
@NullMarked
package io.fermata.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
