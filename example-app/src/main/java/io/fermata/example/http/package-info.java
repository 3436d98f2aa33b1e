/**
 * A small but real HTTP/1.1 server, to be copied from. It reads from the outside in:
 *
 * <ul>
 *   <li>{@link io.fermata.example.http.Demo} is the program: its routes, and its {@code main};
 *   <li>{@link io.fermata.example.http.HttpServer} listens, and ends gracefully;
 *   <li>{@code HttpConnection} serves the requests of one client, one after the other;
 *   <li>{@code RequestParser}, {@code Framing}, {@code RequestBody} and {@code ChunkedInput} read
 *       requests, {@code ResponseWriter} writes responses, as RFC 9112 has it;
 *   <li>{@link io.fermata.example.http.Router}, {@link io.fermata.example.http.Request}, {@link
 *       io.fermata.example.http.Response} are what a handler sees.
 * </ul>
 */
@NullMarked
package io.fermata.example.http;

import org.jspecify.annotations.NullMarked;
