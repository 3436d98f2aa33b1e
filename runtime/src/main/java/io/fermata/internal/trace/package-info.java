/**
 * Traces: what a loop did, recorded while it runs, and written when it ends.
 *
 * <pre>
 *  LoopObserver --&gt; Recorder --snapshot--&gt; Recording --read--&gt; Timeline --&gt; PageWriter, PerfettoWriter
 * </pre>
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.trace;

import org.jspecify.annotations.NullMarked;
