package io.fermata;

import java.util.List;

public class ExceptionGroup extends RuntimeException {
  private final List<Throwable> exceptions;

  public ExceptionGroup(String message, List<Throwable> exceptions) {
    super(message);
    this.exceptions = List.copyOf(exceptions);
  }

  public List<Throwable> exceptions() {
    return exceptions;
  }
}
