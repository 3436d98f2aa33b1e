/**
 * The programs of asyncio's stream documentation, one small class each, line by line as there. Each
 * has a {@code main}.
 */
@NullMarked
package io.fermata.example.streams;

import org.jspecify.annotations.NullMarked;
