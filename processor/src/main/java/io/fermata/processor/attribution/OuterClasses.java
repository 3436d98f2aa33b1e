package io.fermata.processor.attribution;

import static javax.tools.StandardLocation.CLASS_OUTPUT;
import static javax.tools.StandardLocation.CLASS_PATH;
import static javax.tools.StandardLocation.MODULE_PATH;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The classes that the outer compile finds outside the platform, package by package, be it as class
 * files or on its source path. {@code Elements} knows what there is, {@code Filer} opens it: both
 * work for any file manager that the outer compile may have, on the class path and on the module
 * path.
 */
final class OuterClasses {

  private final Elements elements;
  private final Filer filer;
  private final Trees trees;
  private final Map<String, List<MirroredFile>> byPackage = new HashMap<>();

  OuterClasses(Elements elements, Filer filer, Trees trees) {
    this.elements = elements;
    this.filer = filer;
    this.trees = trees;
  }

  /** All classes of a package; of a source only those outside all others, each on its own. */
  List<MirroredFile> inPackage(String packageName) {
    List<MirroredFile> known = byPackage.get(packageName);
    if (known != null) {
      return known;
    }
    List<MirroredFile> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (PackageElement each : elements.getAllPackageElements(packageName)) {
      ModuleElement module = elements.getModuleOf(each);
      if (module == null || !isPlatform(module)) {
        collect(
            ElementFilter.typesIn(each.getEnclosedElements()), places(each, module), seen, files);
      }
    }
    byPackage.put(packageName, List.copyOf(files));
    return files;
  }

  private void collect(
      List<TypeElement> types,
      List<ClassFile.Place> places,
      Set<String> seen,
      List<MirroredFile> files) {
    for (TypeElement type : types) {
      String binaryName = elements.getBinaryName(type).toString();
      if (!seen.add(binaryName)) {
        continue;
      }
      // Where javac has its source, there need be no class file.
      TreePath source = trees.getPath(type);
      if (source != null) {
        files.add(new SourceFile(source.getCompilationUnit().getSourceFile(), binaryName));
      } else {
        files.add(new ClassFile(binaryName, places, filer));
        collect(ElementFilter.typesIn(type.getEnclosedElements()), places, seen, files);
      }
    }
  }

  private static List<ClassFile.Place> places(PackageElement each, @Nullable ModuleElement module) {
    String name = each.getQualifiedName().toString();
    // The output comes last: an incremental compile finds there what it does not compile again.
    if (module == null || module.isUnnamed()) {
      return List.of(
          new ClassFile.Place(CLASS_PATH, name), new ClassFile.Place(CLASS_OUTPUT, name));
    }
    return List.of(
        new ClassFile.Place(MODULE_PATH, module.getQualifiedName() + "/" + name),
        new ClassFile.Place(CLASS_OUTPUT, name),
        new ClassFile.Place(CLASS_PATH, name));
  }

  private static boolean isPlatform(ModuleElement module) {
    return !module.isUnnamed()
        && ModuleFinder.ofSystem().find(module.getQualifiedName().toString()).isPresent();
  }
}
