package io.fermata.benchmarks.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** So many random bytes, which are to come back. */
final class EchoQuestion extends Question {
  private static final long SEED = 42;

  EchoQuestion(int size) {
    super(random(size));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }

  @Override
  int readAnswer(DataInputStream in) throws IOException {
    byte[] sent = bytes();
    byte[] answer = new byte[sent.length];
    in.readFully(answer);
    if (!Arrays.equals(answer, sent)) {
      throw new IllegalStateException("the server sends other bytes than it got.");
    }
    return answer.length;
  }
}
