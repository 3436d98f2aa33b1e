package io.fermata.codegen;

/**
 * A failure on its way into a frame: sent in place of a value to a frame whose state is negative.
 *
 * @param throwable what is to be thrown at the resume point
 */
public record Thrown(Throwable throwable) {}
