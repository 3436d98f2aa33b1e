package io.fermata.benchmarks;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * A processor that only writes the twins of an earlier build, which it finds in the folder of the
 * option {@code twins}: no processor that generates them takes less. With the option {@code types},
 * a class path, it also has a nested compile find the types in all bodies, which one that generates
 * code needs.
 */
@SupportedAnnotationTypes("io.fermata.Coroutine")
@SupportedOptions({"twins", "types"})
public final class FinishedTwins extends AbstractProcessor {

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<Element> owners = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      round.getElementsAnnotatedWith(annotation).forEach(m -> owners.add(m.getEnclosingElement()));
    }
    if (!owners.isEmpty() && processingEnv.getOptions().containsKey("types")) {
      findTypes(owners);
    }
    owners.forEach(this::write);
    return false;
  }

  /** Looks for the element of each body, of which there is none: javac attributes the class. */
  private void findTypes(Set<Element> owners) {
    Trees outer = Trees.instance(processingEnv);
    List<JavaFileObject> files =
        owners.stream()
            .map(owner -> outer.getPath(owner).getCompilationUnit().getSourceFile())
            .distinct()
            .toList();
    List<String> options =
        List.of(
            "-proc:none",
            "-cp",
            Objects.requireNonNull(processingEnv.getOptions().get("types")),
            "-sourcepath",
            Objects.requireNonNull(processingEnv.getOptions().get("twins")));
    JavacTask nested =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, files);
    try {
      nested.parse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Trees trees = Trees.instance(nested);
    for (Element owner : owners) {
      TypeElement type = nested.getElements().getTypeElement(owner.toString());
      for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
        TreePath path = trees.getPath(method);
        trees.getElement(new TreePath(path, ((MethodTree) path.getLeaf()).getBody()));
      }
    }
  }

  private void write(Element owner) {
    String name = owner + "Async";
    Path folder = Path.of(Objects.requireNonNull(processingEnv.getOptions().get("twins")));
    try (Writer writer = processingEnv.getFiler().createSourceFile(name, owner).openWriter()) {
      writer.write(Files.readString(folder.resolve(name.replace('.', '/') + ".java")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
