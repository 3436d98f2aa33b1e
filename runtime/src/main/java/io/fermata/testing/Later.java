package io.fermata.testing;

/** Tells the loop to ask once more, and is never thrown. */
final class Later extends Throwable {
  private static final long serialVersionUID = 1L;

  Later() {
    super("later", null, false, false);
  }
}
