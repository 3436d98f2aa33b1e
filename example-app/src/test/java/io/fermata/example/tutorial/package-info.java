/** Runs the tutorial in virtual time. */
@NullMarked
package io.fermata.example.tutorial;

import org.jspecify.annotations.NullMarked;
