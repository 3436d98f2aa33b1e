/**
 * Streams, servers and datagrams on the loop: asyncio's streams.
 *
 * <pre>{@code
 * @Coroutine
 * static String ask(String host, String question) throws IOException {
 *   try (Timeout t = timeout(ofSeconds(5)); Connection c = await(openConnection(host, 8888))) {
 *     c.writer().write(question + "\n");
 *     c.writer().writeEof();
 *     return await(c.reader().readLine());
 *   }
 * }
 * }</pre>
 *
 * <p>Begin with {@link io.fermata.net.Net}. The coroutines that touch the system declare {@link
 * java.io.IOException}, so that javac sees to the failures.
 *
 * <p><b>Nothing is lost.</b> An operation that is cancelled, times out or fails leaves what it has
 * not given to its caller for the next one. <b>Thread.</b> All is for the loop's thread.
 */
@NullMarked
package io.fermata.net;

import org.jspecify.annotations.NullMarked;
