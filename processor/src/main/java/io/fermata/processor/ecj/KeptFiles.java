package io.fermata.processor.ecj;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** The files of the nested compile, which reads as any other does, and writes nothing to a disk. */
final class KeptFiles extends ForwardingJavaFileManager<JavaFileManager> {

  private final Map<String, KeptFile> sources = new TreeMap<>();

  KeptFiles(JavaFileManager files) {
    super(files);
  }

  /** The generated sources, by the names of their classes. */
  Map<String, String> texts() {
    return sources.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().text()));
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, Kind kind, @Nullable FileObject sibling) {
    KeptFile file = new KeptFile(className, kind);
    if (kind == Kind.SOURCE) {
      sources.put(className, file);
    }
    return file;
  }

  /** From 18 on javac calls this one, which is no part of the API of 17. */
  public JavaFileObject getJavaFileForOutputForOriginatingFiles(
      Location location, String className, Kind kind, FileObject... originatingFiles) {
    return getJavaFileForOutput(location, className, kind, null);
  }

  /** The nested compile knows no modules, and so needs nobody's leave to see all that ECJ sees. */
  @Override
  public @Nullable JavaFileObject getJavaFileForInput(
      Location location, String className, Kind kind) throws IOException {
    return className.equals("module-info") && location == StandardLocation.SOURCE_PATH
        ? null
        : super.getJavaFileForInput(location, className, kind);
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == StandardLocation.CLASS_OUTPUT || super.hasLocation(location);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    boolean inMemory = a instanceof SimpleJavaFileObject || b instanceof SimpleJavaFileObject;
    return inMemory ? a.toUri().equals(b.toUri()) : super.isSameFile(a, b);
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return !(file instanceof SimpleJavaFileObject) && super.contains(location, file);
  }

  /** No plug-in of javac is looked for on the user's class path. */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return ClassLoader.getPlatformClassLoader();
  }
}
