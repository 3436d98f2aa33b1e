/** Holds the pages in {@code docs} to what the code says. */
@NullMarked
package io.fermata.conformance.docs;

import org.jspecify.annotations.NullMarked;
