/**
 * Asks the HTTP server by plain sockets, the JDK's client, a browser, and in a simulated network.
 */
@NullMarked
package io.fermata.example.http;

import org.jspecify.annotations.NullMarked;
