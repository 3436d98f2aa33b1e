package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Instance coroutines, interfaces, records, enums, nested, inner and generic classes.
 *
 * <p>JLS 8, 9.
 */
final class Owners {
  int field = 3;
  static int statics = 4;
  final Env env;
  Owners next;

  Owners(Env env) {
    this.env = env;
  }

  int plain(int n) {
    env.trace("plain " + n);
    return n * field;
  }

  static int plainStatic(int n) {
    return n + statics;
  }

  @Coroutine
  int instance(int n) {
    field += await(env.value("f", n));
    this.field *= 2;
    int x = plain(await(env.value("g", 1))) + this.plain(2) + plainStatic(n) + Owners.plainStatic(1);
    statics++;
    IntUnaryOperator f = m -> m + field + plain(m);
    x += f.applyAsInt(await(env.value("h", 1)));
    Supplier<Owners> self = () -> this;
    IntUnaryOperator ref = this::plain;
    await(env.value("i", 0));
    statics--;
    return x + self.get().field + ref.applyAsInt(1) + (equals(this) ? 1 : 0) + (hashCode() == this.hashCode() ? 1 : 0);
  }

  @Coroutine
  static int instanceCoroutine(Env env) {
    statics = 4;
    Owners o = new Owners(env);
    return await(OwnersAsync.instance(o, 5)) + o.field;
  }

  @Coroutine
  Owners chain() {
    Owners o = new Owners(env);
    o.next = this;
    await(env.value("c", 0));
    return o;
  }

  @Coroutine
  static int instanceChain(Env env) {
    Owners first = new Owners(env);
    Owners o = await(OwnersAsync.chain(await(OwnersAsync.chain(first))));
    return o.next.next == first ? 1 : 0;
  }

  @Coroutine
  static int nullSelfFailsAtTheCall(Env env) {
    Owners none = null;
    try {
      Coro<Integer> c = OwnersAsync.instance(none, env.i("n", 1));
      env.trace("never");
      return await(c);
    } catch (NullPointerException e) {
      return await(env.value("x", 7));
    }
  }

  interface Shape {
    Env env();

    int area();

    @Coroutine
    default int measured() {
      return area() * await(env().value("scale", 2)) + await(Owners_ShapeAsync.unit(env())) + this.area();
    }

    @Coroutine
    static int unit(Env env) {
      return await(env.value("unit", 1));
    }
  }

  record Square(Env env, int side) implements Shape {
    static int made;

    Square {
      made++;
    }

    @Override
    public int area() {
      return side * side;
    }

    @Coroutine
    int perimeter() {
      int s = side * await(env.value("four", 4));
      return s + side() + this.side;
    }
  }

  @Coroutine
  static int interfaceAndRecord(Env env) {
    Square s = new Square(env, 3);
    return await(Owners_ShapeAsync.measured(s)) * 100 + await(Owners_SquareAsync.perimeter(s));
  }

  enum Planet {
    MARS(2) {
      @Override
      int mass() {
        return 7;
      }
    },
    VENUS(3);

    final int size;

    Planet(int size) {
      this.size = size;
    }

    int mass() {
      return size;
    }

    @Coroutine
    int weight(Env env) {
      int n = await(env.value(name(), ordinal() + size));
      return switch (this) {
        case MARS -> n * mass();
        case VENUS -> await(env.value("venus", n)) + compareTo(MARS);
      };
    }
  }

  @Coroutine
  static int enums(Env env) {
    int n = 0;
    for (Planet p : Planet.values()) {
      n = n * 100 + await(Owners_PlanetAsync.weight(p, env));
    }
    return n + Planet.valueOf(await(env.value("name", "VENUS"))).size;
  }

  class Inner {
    int own = field;

    Owners outer() {
      return Owners.this;
    }

    class Deeper {
      int mine = 1;

      Inner outer() {
        return Inner.this;
      }

      @Coroutine
      int deep(Env env, int n) {
        mine += await(env.value("d", n));
        this.outer().own += mine;
        outer().outer().field += outer().own;
        int x = outer().outer().field + outer().own + mine;
        Supplier<Integer> s = () -> mine + outer().own;
        await(env.value("e", 0));
        return x + s.get();
      }
    }

    @Coroutine
    int inner(Env env) {
      Deeper d = new Deeper();
      Deeper e = this.new Deeper();
      return await(Owners_Inner_DeeperAsync.deep(d, env, 1)) + await(Owners_Inner_DeeperAsync.deep(e, env, own));
    }
  }

  @Coroutine
  static int innerClasses(Env env) {
    Owners o = new Owners(env);
    Inner i = o.new Inner();
    return await(Owners_InnerAsync.inner(i, env)) + o.field + i.own;
  }

  @Coroutine
  int makesInner(int n) {
    Inner i = new Inner();
    i.own += await(env.value("n", n));
    Inner j = this.new Inner();
    return i.own + j.own;
  }

  @Coroutine
  static int innerMadeInAnInstanceCoroutine(Env env) {
    return await(OwnersAsync.makesInner(new Owners(env), 2));
  }

  static class Parent {
    protected int inherited = 5;

    int parents(int n) {
      return n + inherited;
    }
  }

  static class Child extends Parent {
    @Coroutine
    int usesInherited(Env env) {
      inherited += await(env.value("i", 1));
      return parents(inherited) + this.parents(await(env.value("j", 1)));
    }
  }

  @Coroutine
  static int inheritedMembers(Env env) {
    return await(Owners_ChildAsync.usesInherited(new Child(), env));
  }

  static class Node<T extends Comparable<T>> {
    T value;
    Node<T> left;
    Node<T> right;

    Node(T value) {
      this.value = value;
    }

    @Coroutine
    Node<T> insert(Env env, T other) {
      if (other.compareTo(await(env.value("v" + value, value))) < 0) {
        left = left == null ? new Node<>(other) : await(Owners_NodeAsync.insert(left, env, other));
      } else if (right == null) {
        right = new Node<T>(other);
      } else {
        right = await(Owners_NodeAsync.insert(right, env, other));
      }
      return this;
    }

    @Coroutine
    void collect(Env env, Collection<? super T> into) {
      if (left != null) await(Owners_NodeAsync.collect(left, env, into));
      into.add(await(env.value("c" + value, value)));
      if (right != null) await(Owners_NodeAsync.collect(right, env, into));
    }
  }

  @Coroutine
  static String genericOwner(Env env) {
    Node<Integer> root = new Node<>(5);
    for (int n : new int[] {3, 8, 4}) {
      root = await(Owners_NodeAsync.insert(root, env, n));
    }
    List<Number> out = new ArrayList<>();
    await(Owners_NodeAsync.collect(root, env, out));
    return out.toString();
  }

  interface Plot {
    int area();

    static int total(Plot a, Plot b) {
      return a.area() + b.area();
    }

    @Coroutine
    static int both(Env env, Plot a) {
      int more = await(env.value("more", 1));
      Plot two =
          new Lot() {
            @Override
            public int area() {
              return total(a, () -> more) + side();
            }
          };
      return two.area();
    }
  }

  interface Lot extends Plot {
    default int side() {
      return 2;
    }
  }

  @Coroutine
  static int staticMethodOfAnInterface(Env env) {
    return await(Owners_PlotAsync.both(env, () -> 3));
  }

  static class Shop<T> {
    int sold;
    List<T> goods = new ArrayList<>();

    boolean add(T item) {
      return goods.add(item);
    }

    class Label {
      int number = sold;
    }

    class Clerk {
      int own = 1;

      final Object anything() {
        return Shop.this;
      }

      final Shop<T> shop() {
        return Shop.this;
      }

      class Trainee {
        final Clerk clerk = Clerk.this;

        @Coroutine
        int sell(Env env, T item) {
          own += await(env.value("own", 2));
          sold++;
          add(item);
          Shop.this.sold += await(env.value("sold", 10)) + Clerk.this.own;
          return own + sold + clerk.own;
        }
      }

      @Coroutine
      String sell(Env env, T item) {
        sold += await(env.value("a", 5));
        int sum = sold++ + await(env.value("b", 1)) + ++Shop.this.sold;
        class Extended extends Label {
          int more = number + own + sold;

          Extended copy() {
            return new Extended();
          }
        }
        Label label = new Label();
        Label counting =
            new Label() {
              {
                number += goods.size();
              }
            };
        add(item);
        Predicate<T> bound = Shop.this::add;
        Consumer<T> plain = each -> add(each);
        Supplier<Shop<T>> around = () -> Shop.this;
        await(env.value("c", 0));
        bound.test(item);
        plain.accept(item);
        int value =
            await(
                async(
                    () -> {
                      sold += await(env.value("d", 100));
                      return sold + new Extended().more;
                    }));
        for (T each : goods) {
          own += await(env.value("e", each)).hashCode();
        }
        return own + " " + sold + goods + label.number + counting.number + new Extended().copy().more
            + " " + value + " " + sum + (around.get() == Shop.this);
      }
    }
  }

  @Coroutine
  static String objectsAroundThatAreHandedOut(Env env) {
    Shop<String> shop = new Shop<>();
    Shop<String>.Clerk clerk = shop.new Clerk();
    String sold = await(Owners_Shop_ClerkAsync.sell(clerk, env, "a"));
    return sold + await(Owners_Shop_Clerk_TraineeAsync.sell(clerk.new Trainee(), env, "b"));
  }

  static class Held<T> {
    static int made = 9;
    T value;
    int count = 1;
    int[] all = {1, 2};

    Held(T value) {
      this.value = value;
    }
  }

  static class Holder extends Held<String> {
    int count = 100;
    String value = "own";

    Holder() {
      super("held");
    }

    class Deep {
      final Holder holder = Holder.this;

      @Coroutine
      String deep(Env env) {
        await(env.value("deep", 1));
        return Holder.super.value + Holder.super.count;
      }
    }

    @Coroutine
    String fields(Env env) {
      super.count += await(env.value("a", 2));
      super.count++;
      String text = super.value.length() + super.value + await(env.value("b", "x")) + super.count + count + super.made;
      super.all[0] += await(env.value("c", 7));
      Supplier<String> read = () -> super.value + super.count;
      super.value = await(env.value("d", "new"));
      text += super.all[0] + read.get() + value;
      text += await(async(() -> super.value + await(env.value("e", super.count)) + Holder.super.count--));
      class Local extends Held<Integer> {
        int count = 7;

        Local() {
          super(3);
        }

        Coro<String> coro() {
          return async(() -> super.value + "" + super.count + count + Holder.super.value + await(env.value("f", 1)));
        }

        String plain() {
          return super.value + "" + super.count + Holder.super.value;
        }
      }
      text += await(new Local().coro()) + new Local().plain();
      return text + await(Owners_Holder_DeepAsync.deep(new Deep(), env));
    }
  }

  @Coroutine
  static String fieldsOfTheSuperclass(Env env) {
    return await(Owners_HolderAsync.fields(new Holder(), env));
  }

  record Accessed(int plain, String quoted, int counted) {
    @Override
    public String quoted() {
      return this.quoted;
    }

    public int counted() {
      return counted;
    }

    @Coroutine
    String all(Env env, Accessed that) {
      int sum = plain + counted + await(env.value("a", that.counted));
      return sum + quoted + this.quoted + that.quoted + await(async(() -> counted + await(env.value("b", 1))));
    }
  }

  @Coroutine
  static String accessorsThatOnlyReturn(Env env) {
    return await(Owners_AccessedAsync.all(new Accessed(1, "two", 3), env, new Accessed(4, "five", 6)));
  }

  @Coroutine
  static boolean initializedByTheFirstStep(Env env) {
    return await(Owners_EagerAsync.isReady(env)) && READY.contains("Eager");
  }

  static final Set<String> READY = new HashSet<>();

  static class Eager {
    static final String NAME = "Eager";

    static {
      READY.add(NAME);
    }

    @Coroutine
    static boolean isReady(Env env) {
      boolean first = READY.contains(NAME);
      return await(env.value("first", first));
    }
  }

  static class Around {
    final int base;

    Around(int base) {
      this.base = base;
    }

    class Inner {
      final int sum;

      Inner(int more) {
        sum = base + more;
      }
    }
  }

  @Coroutine
  static String superConstructorsWithAnObjectAround(Env env) {
    Around around = new Around(await(env.value("a", 10)));
    class Sub extends Around.Inner {
      Sub() {
        around.super(1);
      }

      Sub(int base) {
        new Around(base).super(2);
      }

      Sub(Around other) {
        other.super(3);
      }
    }
    String text = "" + new Sub().sum + await(env.value("b", 1));
    return text + " " + new Sub(20).sum + " " + new Sub(new Around(30)).sum;
  }

  class Own {
    final Owners owners = Owners.this;
  }

  @Coroutine
  static boolean superConstructorOfTheOwnersClass(Env env) {
    Owners wanted = new Owners(env);
    class Sub extends Own {
      Sub(Owners around) {
        around.super();
      }
    }
    await(env.value("a", 1));
    return new Sub(wanted).owners == wanted;
  }
}
