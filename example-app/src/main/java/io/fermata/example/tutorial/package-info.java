/**
 * The programs of the asyncio tutorials, one small class each, in the order in which they are best
 * read. {@link io.fermata.example.tutorial.Tutorial} lists and runs them.
 */
@NullMarked
package io.fermata.example.tutorial;

import org.jspecify.annotations.NullMarked;
