package io.fermata.benchmarks.hello;

/** Plain Java. */
public final class PlainHello {
  private PlainHello() {}

  public static void main(String[] args) {
    System.out.println("hello world");
  }
}
