package io.fermata.example.http;

/** The versions of HTTP that are spoken here. A later 1.x is spoken to as 1.1. */
public enum HttpVersion {
  /** Without chunks, and with connections that end after the response unless asked not to. */
  HTTP_1_0,

  /** With chunks, and with connections that stay open. */
  HTTP_1_1
}
