package io.fermata.processor.ecj;

import static javax.tools.StandardLocation.CLASS_PATH;
import static javax.tools.StandardLocation.MODULE_PATH;
import static javax.tools.StandardLocation.SOURCE_PATH;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.JavaFileManager.Location;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.Nullable;

/** What ECJ was told on its command line, or by the IDE that it is a part of. */
final class EcjEnvironment {

  private static final String ANY =
      "org.eclipse.jdt.internal.compiler.apt.dispatch.BaseProcessingEnvImpl";
  private static final String IDE =
      "org.eclipse.jdt.internal.apt.pluggable.core.dispatch.IdeProcessingEnvImpl";
  private static final String IDE_SETTINGS = "org.eclipse.jdt.apt.core.util.AptConfig";

  /** The class file version of Java 1, less one. */
  private static final int BEFORE_JAVA = 44;

  private final ProcessingEnvironment env;
  private final EcjObject ecj;

  private EcjEnvironment(ProcessingEnvironment env) {
    this.env = env;
    this.ecj = new EcjObject(env);
  }

  /** ECJ's environment; empty if the compiler is another one. */
  static Optional<EcjEnvironment> of(ProcessingEnvironment env) {
    return superclass(env, ANY).map(found -> new EcjEnvironment(env));
  }

  /** The environment that processors see. */
  ProcessingEnvironment env() {
    return env;
  }

  /** The same, for what processors are not to see. */
  EcjObject ecj() {
    return ecj;
  }

  boolean isIde() {
    return superclass(env, IDE).isPresent();
  }

  /** One of ECJ's classes. */
  Class<?> type(String name) {
    return type(name, isIde() ? IDE : ANY);
  }

  /** A class that is loaded with another one, of which the environment is. */
  private Class<?> type(String name, String beside) {
    try {
      return Class.forName(name, true, superclass(env, beside).orElseThrow().getClassLoader());
    } catch (ClassNotFoundException | RuntimeException e) {
      throw new UnknownEcjException(name, e);
    }
  }

  /** A new object of one of ECJ's classes, by the constructor with so many parameters. */
  Object create(String className, @Nullable Object... arguments) {
    try {
      for (Constructor<?> each : type(className).getConstructors()) {
        if (each.getParameterCount() == arguments.length) {
          return each.newInstance(arguments);
        }
      }
      throw new NoSuchMethodException(className);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new UnknownEcjException(className, e);
    }
  }

  /** The language level: on an older JVM, its newest one is all that Java's API can tell. */
  int level() {
    Object level = ecj.call("getCompiler").field("options").value("sourceLevel");
    return level instanceof Long number ? (int) (number >> 16) - BEFORE_JAVA : 0;
  }

  /** The encoding of sources, if it is given. */
  Optional<String> encoding() {
    return ecj.call("getCompiler").field("options").value("defaultEncoding") instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Where classes are; modules as well, since the nested compile knows none. */
  String classPath() {
    if (isIde()) {
      return setting("-classpath");
    }
    List<Path> entries = new ArrayList<>(entries(CLASS_PATH));
    for (Path each : entries(MODULE_PATH)) {
      entries.addAll(modulesAt(each));
    }
    return joined(entries);
  }

  /** Where sources are that the compile may find; empty if it finds none. */
  String sourcePath() {
    return isIde() ? setting("-sourcepath") : joined(entries(SOURCE_PATH));
  }

  private List<Path> entries(Location location) {
    if (!(ecj.call("getFileManager").target() instanceof StandardJavaFileManager files)) {
      throw new UnknownEcjException("its file manager", null);
    }
    Iterable<? extends Path> entries = files.getLocationAsPaths(location);
    List<Path> found = new ArrayList<>();
    if (entries != null) {
      entries.forEach(found::add);
    }
    return found;
  }

  /** An entry of a module path is a module, or a folder of modules. */
  private static List<Path> modulesAt(Path entry) {
    if (!Files.isDirectory(entry) || Files.exists(entry.resolve("module-info.class"))) {
      return List.of(entry);
    }
    try (Stream<Path> all = Files.list(entry)) {
      return all.filter(each -> Files.isDirectory(each) || each.toString().endsWith(".jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String joined(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** What the settings of the project say, which is what an IDE calls a compile's options. */
  private String setting(String name) {
    try {
      Class<?> settings = type(IDE_SETTINGS, IDE);
      Object project = ecj.call("getJavaProject").target();
      Object test = ecj.call("isTestCode").target();
      for (var each : settings.getMethods()) {
        if (each.getName().equals("getProcessorOptions") && each.getParameterCount() == 2) {
          return each.invoke(null, project, test) instanceof Map<?, ?> options
                  && options.get(name) instanceof String value
              ? value
              : "";
        }
      }
      throw new NoSuchMethodException("getProcessorOptions");
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new UnknownEcjException(IDE_SETTINGS, e);
    }
  }

  private static Optional<Class<?>> superclass(Object object, String name) {
    for (Class<?> each = object.getClass(); each != null; each = each.getSuperclass()) {
      if (each.getName().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
