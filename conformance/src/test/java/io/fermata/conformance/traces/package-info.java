/** What stack traces tell: the user's methods and lines, and who awaited whom. */
@NullMarked
package io.fermata.conformance.traces;

import org.jspecify.annotations.NullMarked;
