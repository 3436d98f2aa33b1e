/**
 * Code that is nested deep: how deep it is, and a stack that takes it. Whoever goes down the user's
 * code may call it.
 */
@NullMarked
package io.fermata.processor.depth;

import org.jspecify.annotations.NullMarked;
