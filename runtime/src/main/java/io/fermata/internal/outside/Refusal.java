package io.fermata.internal.outside;

/** Why a tool can't do what it was asked for, in a sentence for its user. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String sentence) {
    super(sentence, null, false, false);
  }

  /** The sentence. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
