/** The language cases, and what is tested of the code made for them. */
@NullMarked
package io.fermata.conformance.lang;

import org.jspecify.annotations.NullMarked;
