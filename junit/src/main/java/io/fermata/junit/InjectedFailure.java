package io.fermata.junit;

/** What fails at a resume point where {@link InjectFaults} has something fail. */
public final class InjectedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InjectedFailure(String message) {
    super(message);
  }
}
