/** The annotation processor that turns {@code @Coroutine} methods into generated coroutines. */
@SuppressWarnings("requires-automatic")
module io.fermata.processor {
  requires java.compiler;
  requires jdk.compiler;
  // The published jar carries its own copy of JavaPoet, under another name.
  requires static com.palantir.javapoet;
  requires static com.google.auto.service;
  requires static org.jspecify;

  uses javax.annotation.processing.Processor;

  provides javax.annotation.processing.Processor with
      io.fermata.processor.CoroutineProcessor,
      io.fermata.processor.OwnAnnotationsProcessor;
}
