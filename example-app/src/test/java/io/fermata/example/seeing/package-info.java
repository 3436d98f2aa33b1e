@NullMarked
package io.fermata.example.seeing;

import org.jspecify.annotations.NullMarked;
