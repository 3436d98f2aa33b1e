package io.fermata.processor.attribution;

import static java.util.stream.Collectors.joining;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;

/**
 * The options of the outer compile that change what types an expression has, as far as a processor
 * can tell: the language level, whether the platform is the running JDK's or that of an older
 * release, preview features, and the modules of the platform.
 */
public final class PlatformOptions {

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

  private static final ModuleFinder PLATFORM = ModuleFinder.ofSystem();

  private final ProcessingEnvironment env;

  /** The options of a compile. */
  public PlatformOptions(ProcessingEnvironment env) {
    this.env = env;
  }

  /** Those by which a source is parsed. */
  List<String> forParsing() {
    int level = Integer.parseInt(env.getSourceVersion().name().substring("RELEASE_".length()));
    List<String> options =
        new ArrayList<>(List.of("-proc:none", "-nowarn", "-source", String.valueOf(level)));
    if (env.isPreviewEnabled()) {
      options.add("--enable-preview");
    }
    return options;
  }

  /** The language level, the platform's, and preview features. */
  public List<String> level() {
    int level = Integer.parseInt(env.getSourceVersion().name().substring("RELEASE_".length()));
    String option = isOlderRelease(level) ? "--release" : "-source";
    List<String> options = new ArrayList<>(List.of(option, String.valueOf(level)));
    if (env.isPreviewEnabled()) {
      options.add("--enable-preview");
    }
    return options;
  }

  List<String> forNestedCompile(Set<String> imports) {
    // A simplified message has no file in a round of javac 25, and its error would be nobody's.
    List<String> options =
        new ArrayList<>(
            List.of("-Xdiags:verbose", "-proc:only", "-implicit:none", "-Xlint:none", "-nowarn"));
    int level = Integer.parseInt(env.getSourceVersion().name().substring("RELEASE_".length()));
    if (isOlderRelease(level)) {
      options.addAll(List.of("--release", String.valueOf(level)));
    } else {
      options.addAll(List.of("-source", String.valueOf(level)));
      options.addAll(modules());
      options.addAll(internalPackages(imports));
    }
    if (env.isPreviewEnabled()) {
      options.add("--enable-preview");
    }
    options.addAll(List.of("-Xmaxerrs", "100000"));
    return options;
  }

  /**
   * The modules of the platform that the outer compile reads: it may name others than javac would.
   */
  private List<String> modules() {
    String names =
        env.getElementUtils().getAllModuleElements().stream()
            .map(each -> each.getQualifiedName().toString())
            .filter(each -> PLATFORM.find(each).isPresent())
            .sorted()
            .collect(joining(","));
    return names.isEmpty() ? List.of() : List.of("--add-modules", names);
  }

  /** Where the outer compile was given {@code --add-exports}, the sources import such a package. */
  private static List<String> internalPackages(Set<String> imports) {
    Set<String> packages = new LinkedHashSet<>();
    for (String each : imports) {
      for (int dot = each.indexOf('.'); dot >= 0; dot = each.indexOf('.', dot + 1)) {
        packages.add(each.substring(0, dot));
      }
    }
    List<String> options = new ArrayList<>();
    for (ModuleReference module : PLATFORM.findAll()) {
      ModuleDescriptor descriptor = module.descriptor();
      Set<String> internal = new LinkedHashSet<>(packages);
      internal.retainAll(descriptor.packages());
      descriptor.exports().stream()
          .filter(each -> !each.isQualified())
          .forEach(each -> internal.remove(each.source()));
      internal.forEach(
          each ->
              options.addAll(
                  List.of("--add-exports", descriptor.name() + "/" + each + "=ALL-UNNAMED")));
    }
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
