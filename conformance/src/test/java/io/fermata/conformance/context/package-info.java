/** What goes along with tasks. */
@NullMarked
package io.fermata.conformance.context;

import org.jspecify.annotations.NullMarked;
