/** Coroutines under Eclipse's compiler: the same twins and the same findings as under javac. */
@NullMarked
package io.fermata.conformance.eclipse;

import org.jspecify.annotations.NullMarked;
