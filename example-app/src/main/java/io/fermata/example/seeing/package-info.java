/** A program whose timeline is worth a look. */
@NullMarked
package io.fermata.example.seeing;

import org.jspecify.annotations.NullMarked;
