package io.fermata.processor.attribution;

import static javax.tools.StandardLocation.CLASS_PATH;
import static javax.tools.StandardLocation.SOURCE_PATH;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Shows the nested compile what the outer one sees: its sources and the declarations of the twins
 * as source path, all else outside the platform as class path. Nothing is ever written.
 */
final class MirrorFileManager extends ForwardingJavaFileManager<JavaFileManager> {

  private final RoundSources sources;
  private final OuterClasses classes;
  private final Map<String, List<StubFile>> stubsByPackage;

  MirrorFileManager(
      JavaFileManager platform,
      RoundSources sources,
      OuterClasses classes,
      Map<String, List<StubFile>> stubsByPackage) {
    super(platform);
    this.sources = sources;
    this.classes = classes;
    this.stubsByPackage = stubsByPackage;
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == SOURCE_PATH || location == CLASS_PATH || isPlatform(location);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<Kind> kinds, boolean recurse) throws IOException {
    if (location == SOURCE_PATH) {
      return kinds.contains(Kind.SOURCE) ? sourcesOf(packageName) : List.of();
    }
    if (location == CLASS_PATH) {
      return kinds.contains(Kind.CLASS) ? classesOf(packageName) : List.of();
    }
    return isPlatform(location) ? super.list(location, packageName, kinds, recurse) : List.of();
  }

  private List<JavaFileObject> sourcesOf(String packageName) {
    Set<String> replaced = replaced(packageName);
    List<JavaFileObject> files = new ArrayList<>(stubsOf(packageName));
    sources.inPackage(packageName).stream()
        .filter(each -> !replaced.contains(each.binaryName()))
        .forEach(files::add);
    others(packageName).filter(SourceFile.class::isInstance).forEach(files::add);
    return files;
  }

  private List<JavaFileObject> classesOf(String packageName) {
    return others(packageName)
        .filter(ClassFile.class::isInstance)
        .map(JavaFileObject.class::cast)
        .toList();
  }

  /**
   * What the outer compile finds beside its own sources and those that take an old twin's place. To
   * find it, javac opens all of a package: what lies in the unnamed one, which no other can name,
   * is left alone unless this compile is about it.
   */
  private Stream<MirroredFile> others(String packageName) {
    if (packageName.isEmpty() && sources.inPackage("").isEmpty()) {
      return Stream.empty();
    }
    Set<String> replaced = replaced(packageName);
    return classes.inPackage(packageName).stream()
        .filter(each -> !replaced.contains(each.binaryName()))
        .filter(each -> replaced.stream().noneMatch(twin -> isIn(twin, each)))
        .filter(each -> !sources.isSource(packageName, each.binaryName()));
  }

  private static boolean isIn(String twin, MirroredFile file) {
    return file.binaryName().startsWith(twin + "$");
  }

  private Set<String> replaced(String packageName) {
    Set<String> replaced = new HashSet<>();
    stubsOf(packageName).forEach(stub -> replaced.add(stub.binaryName()));
    return replaced;
  }

  private List<StubFile> stubsOf(String packageName) {
    return stubsByPackage.getOrDefault(packageName, List.of());
  }

  @Override
  public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof MirroredFile mirrored
        ? mirrored.binaryName()
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    if (a instanceof SourceFile one && b instanceof SourceFile other) {
      return one.toUri().equals(other.toUri());
    }
    boolean mirrored = a instanceof MirroredFile || b instanceof MirroredFile;
    return mirrored ? a.equals(b) : super.isSameFile(a, b);
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return file instanceof MirroredFile
        ? location == SOURCE_PATH || location == CLASS_PATH
        : super.contains(location, file);
  }

  @Override
  public @Nullable JavaFileObject getJavaFileForInput(
      Location location, String className, Kind kind) throws IOException {
    return isPlatform(location) ? super.getJavaFileForInput(location, className, kind) : null;
  }

  @Override
  public @Nullable FileObject getFileForInput(
      Location location, String packageName, String relativeName) throws IOException {
    return isPlatform(location) ? super.getFileForInput(location, packageName, relativeName) : null;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, Kind kind, @Nullable FileObject sibling) {
    throw new UnsupportedOperationException("The nested compile writes nothing: " + className);
  }

  @Override
  public FileObject getFileForOutput(
      Location location, String packageName, String relativeName, @Nullable FileObject sibling) {
    throw new UnsupportedOperationException("The nested compile writes nothing: " + relativeName);
  }

  /** No plug-in of javac is looked for on the user's class path. */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return ClassLoader.getPlatformClassLoader();
  }

  @Override
  public Iterable<Set<Location>> listLocationsForModules(Location location) throws IOException {
    return isPlatform(location) ? super.listLocationsForModules(location) : List.of();
  }

  /** The modules of the JDK, and what the file manager makes of them: its locations for each. */
  private static boolean isPlatform(Location location) {
    return location == StandardLocation.SYSTEM_MODULES
        || location == StandardLocation.PLATFORM_CLASS_PATH
        || !(location instanceof StandardLocation);
  }
}
