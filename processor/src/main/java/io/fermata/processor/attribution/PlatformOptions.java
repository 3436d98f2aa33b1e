package io.fermata.processor.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;

/**
 * The options of the outer compile that change what types an expression has, as far as a processor
 * can tell: the language level, whether the platform is the running JDK's or that of an older
 * release, preview features, and the modules of the platform.
 */
final class PlatformOptions {

  /** A class of {@code java.base} that is new in a release, by release. */
  private static final Map<Integer, String> NEW_IN =
      Map.of(
          18, "java.net.spi.InetAddressResolver",
          19, "java.lang.foreign.Linker",
          20, "java.lang.foreign.Linker",
          21, "java.util.SequencedCollection",
          22, "java.util.stream.Gatherer",
          24, "java.lang.classfile.ClassFile",
          25, "java.lang.IO");

  private final ProcessingEnvironment env;

  PlatformOptions(ProcessingEnvironment env) {
    this.env = env;
  }

  List<String> forNestedCompile() {
    List<String> options =
        new ArrayList<>(List.of("-proc:only", "-implicit:none", "-Xlint:none", "-nowarn"));
    int level = Integer.parseInt(env.getSourceVersion().name().substring("RELEASE_".length()));
    options.addAll(List.of(isOlderRelease(level) ? "--release" : "-source", String.valueOf(level)));
    if (env.isPreviewEnabled()) {
      options.add("--enable-preview");
    }
    options.addAll(List.of("-Xmaxerrs", "100000"));
    return options;
  }

  /** With {@code --release}, what later releases brought is not there. */
  private boolean isOlderRelease(int level) {
    Elements elements = env.getElementUtils();
    int running = Runtime.version().feature();
    return NEW_IN.entrySet().stream()
        .filter(each -> each.getKey() > level && each.getKey() <= running)
        .anyMatch(each -> elements.getTypeElement(each.getValue()) == null);
  }
}
