package io.fermata.processor.attribution;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.attribution.BodyErrors.BodyError;
import io.fermata.processor.attribution.BodyErrors.Hope;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.MethodKey;
import io.fermata.processor.declaration.OwnerClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * The processor inside the nested compile. When the others are done with the trees, in the last
 * round, it has javac attribute the classes that hold coroutines, and hands out their bodies.
 */
@SupportedAnnotationTypes("*")
final class BodyAttribution extends AbstractProcessor {

  /** Where a body stands, so that errors can be told to be in it. */
  private record Place(OwnerClass owner, URI file, int start, int end) {
    boolean holds(Diagnostic<? extends JavaFileObject> error) {
      return error.getSource() != null
          && file.equals(error.getSource().toUri())
          && start <= error.getPosition()
          && error.getPosition() < end;
    }
  }

  private final Collection<CoroutineClass> targets;
  private final BodyConsumer consumer;
  private final List<Place> places = new ArrayList<>();
  private final Map<OwnerClass, List<BodyError>> errors = new LinkedHashMap<>();

  private final @Nullable TreeEdits edits;
  private final Map<URI, AttributedBody.Origins> rewritten;
  private Map<URI, AttributedBody.Origins> edited = Map.of();
  private boolean done;

  /**
   * @param edits where the trees are to be compared with their text; null if nobody edits them
   * @param rewritten the files whose text is not the user's, but says what was made of their trees
   */
  BodyAttribution(
      Collection<CoroutineClass> targets,
      BodyConsumer consumer,
      @Nullable TreeEdits edits,
      Map<URI, AttributedBody.Origins> rewritten) {
    this.targets = targets;
    this.consumer = consumer;
    this.edits = edits;
    this.rewritten = rewritten;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      Trees trees = Trees.instance(processingEnv);
      if (edits != null) {
        targets.forEach(each -> compare(each, trees, edits));
        edited = edits.rewritten(trees);
      }
      if (edited.isEmpty()) {
        targets.forEach(each -> attribute(each, trees));
      }
      done = true;
    }
    return false;
  }

  private void compare(CoroutineClass target, Trees trees, TreeEdits found) {
    TypeElement type =
        processingEnv.getElementUtils().getTypeElement(target.owner().qualifiedName());
    if (type != null) {
      for (CoroutineMethod method : target.sound()) {
        find(type, method.key()).ifPresent(each -> found.compare(trees.getPath(each), trees));
      }
    }
  }

  /** The files in which methods are not what their text says; nothing was attributed then. */
  Map<URI, AttributedBody.Origins> edited() {
    return edited;
  }

  private void attribute(CoroutineClass target, Trees trees) {
    OwnerClass owner = target.owner();
    TypeElement type = processingEnv.getElementUtils().getTypeElement(owner.qualifiedName());
    List<AttributedBody> bodies = new ArrayList<>();
    for (CoroutineMethod method : target.sound()) {
      Optional<ExecutableElement> element =
          type == null ? Optional.empty() : find(type, method.key());
      if (element.isEmpty()) {
        addError(owner, new BodyError(method.displayName() + " is not found", -1, -1));
      } else {
        bodies.add(body(element.get(), method, trees));
      }
    }
    consumer.accept(target, bodies);
  }

  private Optional<ExecutableElement> find(TypeElement type, MethodKey key) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(each -> MethodKey.of(each, processingEnv.getTypeUtils()).equals(key))
        .findFirst();
  }

  private AttributedBody body(ExecutableElement element, CoroutineMethod method, Trees trees) {
    TreePath path = trees.getPath(element);
    MethodTree tree = (MethodTree) path.getLeaf();
    // The element of a block is none, and looking for it makes javac attribute the class.
    trees.getElement(new TreePath(path, tree.getBody()));
    AttributedBody body =
        new AttributedBody(
            method,
            tree,
            path,
            element,
            trees,
            processingEnv.getTypeUtils(),
            processingEnv.getElementUtils(),
            textOf(path.getCompilationUnit().getSourceFile()),
            rewritten.get(path.getCompilationUnit().getSourceFile().toUri()));
    Place place =
        new Place(
            method.owner(),
            path.getCompilationUnit().getSourceFile().toUri(),
            body.start(tree),
            body.end(tree));
    places.add(place);
    return body;
  }

  private static CharSequence textOf(JavaFileObject file) {
    try {
      return file.getCharContent(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether javac came to the last round; if it crashed, it did not. */
  boolean isDone() {
    return done;
  }

  /** The errors in the bodies, from all that javac said in this compile. */
  BodyErrors errors(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    for (Diagnostic<? extends JavaFileObject> each : diagnostics) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        places.stream()
            .filter(place -> place.holds(each))
            .forEach(place -> addError(place.owner(), error(each)));
      }
    }
    return new BodyErrors(errors, MissingClasses.in(diagnostics) ? Hope.FOR_CLASSES : Hope.NONE);
  }

  private BodyError error(Diagnostic<? extends JavaFileObject> error) {
    int start = (int) error.getStartPosition();
    int end = (int) error.getEndPosition();
    AttributedBody.Origins origins =
        error.getSource() == null ? null : rewritten.get(error.getSource().toUri());
    if (origins != null && start >= 0) {
      start = origins.text().originOf(start);
      end = Math.max(start, origins.text().originOf(end));
    }
    return new BodyError(error.getMessage(null), start, end);
  }

  private void addError(OwnerClass owner, BodyError error) {
    errors.computeIfAbsent(owner, name -> new ArrayList<>()).add(error);
  }
}
