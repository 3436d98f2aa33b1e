/**
 * Uses the two published artifacts as a user does: in a project that knows nothing of this build.
 */
@NullMarked
package io.fermata.conformance.project;

import org.jspecify.annotations.NullMarked;
