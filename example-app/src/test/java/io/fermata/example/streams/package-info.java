/** Runs the programs of asyncio's stream documentation against servers on the loopback. */
@NullMarked
package io.fermata.example.streams;

import org.jspecify.annotations.NullMarked;
