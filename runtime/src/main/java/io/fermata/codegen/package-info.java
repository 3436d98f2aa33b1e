/**
 * The contract between generated code and the loop, and nothing else. Users never name these types.
 */
@NullMarked
package io.fermata.codegen;

import org.jspecify.annotations.NullMarked;
