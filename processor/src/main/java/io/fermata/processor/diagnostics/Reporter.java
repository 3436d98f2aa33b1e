package io.fermata.processor.diagnostics;

/** Prints what was found at the user's own line. */
public final class Reporter {}
