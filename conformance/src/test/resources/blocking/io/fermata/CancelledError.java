package io.fermata;

public class CancelledError extends Error {
  public CancelledError(String message) {
    super(message);
  }
}
