package io.fermata.processor;

import javax.annotation.processing.RoundEnvironment;

/** Makes the twins of a compile, round by round. */
interface TwinCompiler {
  void compile(RoundEnvironment round);
}
