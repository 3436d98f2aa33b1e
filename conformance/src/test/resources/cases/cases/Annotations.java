package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.lang.annotation.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.function.*;

/**
 * Annotations in a body, with and without arguments, on declarations and on types.
 *
 * <p>JLS 9.7.
 */
final class Annotations {
  private static final int SIZE = 3;

  @Retention(RetentionPolicy.RUNTIME)
  @interface Tag {
    String value() default "";

    int[] sizes() default {};

    Class<?> type() default Object.class;
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE_USE, ElementType.TYPE_PARAMETER})
  @interface Use {
    String value() default "";
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Tags {
    Tag[] value();
  }

  static String sorted(Annotation[] all) {
    return Arrays.stream(all).map(Object::toString).sorted().toList().toString();
  }

  @Coroutine
  static String onDeclarations(Env env) {
    @Tag("local")
    int base = await(env.value("base", 1));
    @Tag(value = "class", sizes = {SIZE, 2}, type = Map.Entry.class)
    class Local {
      @Tag("field")
      int field = base;

      @Tag("constructor")
      Local(@Tag("parameter") int field) {
        this.field += field;
      }

      @Tag(sizes = SIZE)
      @SuppressWarnings("unchecked")
      <@Use("variable") T> T method(@Tag("parameter") Object o) {
        @SuppressWarnings("unchecked")
        T t = (T) o;
        return t;
      }
    }
    String text = "" + new Local(2).<Integer>method(4) + await(env.value("x", 3));
    return text
        + sorted(Local.class.getAnnotations())
        + sorted(Local.class.getDeclaredFields()[0].getAnnotations())
        + sorted(Local.class.getDeclaredMethods()[0].getAnnotations());
  }

  @Coroutine
  static String onMembersOfAnonymousClass(Env env) throws Exception {
    List<String> raw = await(env.value("raw", List.of("a", "b")));
    Callable<Object> c =
        new Callable<>() {
          @Override
          @Tag(type = Tag.class)
          @SuppressWarnings({"unchecked", "rawtypes"})
          public Object call() {
            List<Integer> wrong = (List) raw;
            @SuppressWarnings("unchecked")
            List<Object> objects = (List) wrong;
            return objects;
          }
        };
    Object result = c.call();
    await(env.value("after", 1));
    return result + sorted(c.getClass().getDeclaredMethods()[0].getAnnotations());
  }

  @Coroutine
  static String onTypes(Env env) {
    @Use String first = await(env.value("first", "f"));
    java.util.@Use("qualified") List<@Use("argument") String> list = new @Use ArrayList<@Use String>();
    list.add((@Use("cast") String) first);
    @Use String @Use [] @Use [] array = new @Use String @Use [2] @Use [];
    Map.@Use Entry<String, ? extends @Use Number> entry = Map.entry("k", await(env.value("v", 1)));
    Supplier<List<String>> made = @Use ArrayList::new;
    Function<Object, String> f = (@Use Object o) -> o instanceof @Use String s ? s : "none";
    BiFunction<Integer, Integer, Integer> add = (@Tag var a, @Tag var b) -> a + b;
    for (@Use String each : list) {
      env.trace(each + await(env.value("each", 2)));
    }
    try {
      env.trace(f.apply(await(env.value("o", "text"))));
    } catch (@Tag("caught") final IllegalStateException | @Use UnsupportedOperationException e) {
      env.trace("" + e);
    }
    return "" + made.get() + list + array.length + entry + add.apply(1, 2);
  }

  @Coroutine
  static String inPlainCode(Env env) {
    Supplier<String> s =
        () -> {
          @Tag("x")
          final int x = SIZE;
          @Tags({@Tag("1"), @Tag(sizes = {})})
          record Point(@Tag("component") int a, @Use("of a list") List<@Use String> b) {}
          enum Level {
            @Tag("constant")
            LOW
          }
          @FunctionalInterface
          interface Shape {
            @Deprecated(since = "" + SIZE)
            int area();
          }
          Shape shape = () -> x;
          for (@Tag("i") int i = 0; i < 1; i++) {}
          return "" + new Point(1, List.of()) + Level.LOW + shape.area()
              + sorted(Point.class.getAnnotations())
              + sorted(Point.class.getRecordComponents()[0].getAnnotations());
        };
    int before = await(env.value("before", 1));
    return s.get() + before;
  }

  static class Node<T> {
    T value;

    class Link {
      T linked = value;
    }

    @Coroutine
    String links(Env env) {
      int n = await(env.value("links", 1));
      if (n > 0) {
        @Use Link link = new Link();
        Function<Node<T>, @Use Link> f = each -> each.new Link();
        return "" + link.linked + f.apply(this).linked + value;
      }
      return "";
    }
  }

  @Coroutine
  static String onNestedTypes(Env env) {
    Node<String> made = await(env.value("node", new Node<String>()));
    Supplier<String> s =
        () -> {
          @Use("variable") Node<String> node = new @Use("new") Node<>();
          @Use
          Node<String> onItsOwnLine = (@Use("cast") Node<String>) node;
          @Use Node<@Use Node<String>>[] array = null;
          Map.@Use Entry<String, Node<String>> entry = Map.entry("k", node);
          class Local {
            @Use("field") Node<String> field = node;

            @Use("method")
            Node<String> method(@Use("parameter") Node<String> parameter) {
              return parameter;
            }
          }
          node.value = "v";
          return new Local().method(onItsOwnLine).value
              + entry.getValue().value
              + array
              + Local.class.getDeclaredFields()[0].getAnnotatedType()
              + Local.class.getDeclaredMethods()[0].getAnnotatedReturnType();
        };
    made.value = "m";
    return s.get() + await(Annotations_NodeAsync.links(made, env));
  }
}
