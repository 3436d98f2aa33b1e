package io.fermata.processor.checks;

import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Tells the twins that this compile makes from those that an earlier build has left behind, and
 * finds what is called in such a twin though its coroutine is gone.
 */
final class EarlierTwins {

  private static final String SUFFIX = "Async";

  private final Api api;
  private final Trees trees;
  private final Filer filer;
  private final Set<String> made = new HashSet<>();
  private final Set<String> compiled = new HashSet<>();

  EarlierTwins(Api api, Trees trees, Filer filer) {
    this.api = api;
    this.trees = trees;
    this.filer = filer;
  }

  /** This compile makes the twin itself, or tells why it can't. */
  void add(String twin) {
    made.add(twin);
  }

  /** Takes note of a source of this compile, whose tree javac drops when it is done with it. */
  void addCompiled(TypeElement type) {
    compiled.add(type.getQualifiedName().toString());
  }

  /** Whether this compile sees to the coroutines of a class. */
  boolean isMade(String twin) {
    return made.contains(twin);
  }

  /** The class that had this coroutine when its twin was made, and has it no more. */
  Optional<String> ownerWithout(ExecutableElement method) {
    return method.getEnclosingElement() instanceof TypeElement twin && isEarlier(twin)
        ? lost(twin, method.getSimpleName())
        : Optional.empty();
  }

  /** Whether this is a twin of which this compile knows no coroutine, though it has the class. */
  boolean isLeftBehind(TypeElement type) {
    if (!isEarlier(type)) {
      return false;
    }
    TypeElement owner = ownerOf(type);
    return owner == null || isCompiled(owner);
  }

  private boolean isEarlier(TypeElement type) {
    return type.getSimpleName().toString().endsWith(SUFFIX)
        && !isMade(type.getQualifiedName().toString())
        && api.isGenerated(type);
  }

  private Optional<String> lost(TypeElement twin, CharSequence method) {
    TypeElement owner = ownerOf(twin);
    if (owner == null) {
      return isOfThisBuild(twin) ? Optional.of(stem(twin)) : Optional.empty();
    }
    return !hasCoroutine(owner, method) && (isCompiled(owner) || isOfThisBuild(twin))
        ? Optional.of(owner.getQualifiedName().toString())
        : Optional.empty();
  }

  private boolean isCompiled(TypeElement type) {
    return trees.getPath(type) != null || compiled.contains(type.getQualifiedName().toString());
  }

  private boolean hasCoroutine(TypeElement owner, CharSequence name) {
    return owner.getEnclosedElements().stream()
        .anyMatch(each -> each.getSimpleName().contentEquals(name) && api.isCoroutine(each));
  }

  /** A library may come without the templates that its twins were made from. */
  private boolean isOfThisBuild(TypeElement twin) {
    if (trees.getPath(twin) != null) {
      return true;
    }
    String packageName = api.elements().getPackageOf(twin).getQualifiedName().toString();
    try {
      filer
          .getResource(StandardLocation.CLASS_OUTPUT, packageName, twin.getSimpleName() + ".class")
          .openInputStream()
          .close();
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private @Nullable TypeElement ownerOf(TypeElement twin) {
    String packageName = api.elements().getPackageOf(twin).getQualifiedName().toString();
    return find(twin, packageName.isEmpty() ? "" : packageName + ".", stem(twin));
  }

  /** {@code Outer_Inner} is a class of this name, or {@code Outer.Inner}. */
  private @Nullable TypeElement find(Element from, String prefix, String name) {
    TypeElement whole = named(from, prefix + name);
    for (int i = name.indexOf('_'); whole == null && i >= 0; i = name.indexOf('_', i + 1)) {
      String outer = prefix + name.substring(0, i);
      if (named(from, outer) != null) {
        whole = find(from, outer + ".", name.substring(i + 1));
      }
    }
    return whole;
  }

  private @Nullable TypeElement named(Element from, String name) {
    return api.elements().getTypeElement(api.elements().getModuleOf(from), name);
  }

  private static String stem(TypeElement twin) {
    String name = twin.getSimpleName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
