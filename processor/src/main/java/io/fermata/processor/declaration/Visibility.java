package io.fermata.processor.declaration;

/**
 * How visible a twin, or a method of it, is: a generated class can be no more private than this.
 */
public enum Visibility {
  PUBLIC,
  PACKAGE
}
