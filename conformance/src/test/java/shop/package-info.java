/** A program that is no part of Fermata, as debuggers tell users' code from a library's. */
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
