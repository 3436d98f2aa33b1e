package io.fermata.processor.attribution;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.tools.JavaFileManager.Location;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A class of the outer compile's class path or module path, opened when it is needed. */
final class ClassFile extends SimpleJavaFileObject implements MirroredFile {

  /** A place where the outer compile may have it, and the package as that place names it. */
  record Place(Location location, String moduleAndPackage) {}

  private final String binaryName;
  private final List<Place> places;
  private final Filer filer;

  ClassFile(String binaryName, List<Place> places, Filer filer) {
    super(
        URI.create("fermata:///" + binaryName.replace('.', '/').replace("$", "%24") + ".class"),
        Kind.CLASS);
    this.binaryName = binaryName;
    this.places = places;
    this.filer = filer;
  }

  @Override
  public String binaryName() {
    return binaryName;
  }

  @Override
  public InputStream openInputStream() throws IOException {
    String fileName = binaryName.substring(binaryName.lastIndexOf('.') + 1) + ".class";
    IOException notFound = new FileNotFoundException(binaryName);
    for (Place place : places) {
      InputStream stream = open(place, fileName, notFound);
      if (stream != null) {
        return stream;
      }
    }
    throw notFound;
  }

  private @Nullable InputStream open(Place place, String fileName, IOException notFound)
      throws IOException {
    try {
      return filer
          .getResource(place.location(), place.moduleAndPackage(), fileName)
          .openInputStream();
    } catch (FileNotFoundException | NoSuchFileException | IllegalArgumentException e) {
      notFound.addSuppressed(e);
      return null;
    }
  }
}
