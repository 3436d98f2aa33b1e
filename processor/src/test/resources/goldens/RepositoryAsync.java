package goldens;

import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.Generated;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;

@Generated
@SuppressWarnings({
    "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
    "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
    "synchronization", "try", "unchecked", "varargs"
})
final class RepositoryAsync {
  private RepositoryAsync() {
  }

  static <K, V, S extends Repository.Store<? super K, ? extends V>> ThrowingCoro<V, IOException> find(
      Repository<K, V> self, S store, K key) {
    return new Find<K, V, S>(Objects.requireNonNull(self, "self"), store, key);
  }

  static <K, V> ThrowingCoro<V, IOException> first(Repository<K, V> self,
      Repository.Store<K, V> store, Iterable<? extends K> keys) {
    return new First<K, V>(Objects.requireNonNull(self, "self"), store, keys);
  }

  @Generated
  private static final class Find<K, V, S extends Repository.Store<? super K, ? extends V>> extends Continuation<V, IOException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Repository", "find", "Repository.java",
            "2:28 key",
            "55:23,56:24,57:25,58:26,59:27,61:28,70:29,71:30");

    private Repository<K, V> self;
    private S store;
    private K key;

    Find(Repository<K, V> self, S store, K key) {
      this.self = self;
      this.store = store;
      this.key = key;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Repository<K, V> self = this.self;
      K key = this.key;
      switch (this.state) {
        case START: {
          V cached = self.cache.get(key);
          if (cached != null) {
            return ended(cached);
          }
          self.misses++;
          // Repository.java:28  await(store.load(key))
          sent = await(task, this.store.load(key), depth);
          if (sent == SUSPENDED) {
            this.store = null;
            this.state = 2;
            return SUSPENDED;
          }
        }
        case 2: {
          V loaded = (V) sent;
          self.cache.put(key, loaded);
          return ended(loaded);
        }
        default:
          throw new AssertionError(this.state);
      }
    }

    @Override
    protected void clear() {
      this.self = null;
      this.store = null;
      this.key = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Generated
  private static final class First<K, V> extends Continuation<V, IOException> {
    private static final LineTable LINES =
        LineTable.of(1, "goldens.Repository", "first", "Repository.java",
            "2:36 store",
            "118:35,121:41,123:35,125:36,135:37,136:38,137:39");

    private Repository<K, V> self;
    private Repository.Store<K, V> store;
    private Iterable<? extends K> keys;
    private Iterator<? extends K> t$1;

    First(Repository<K, V> self, Repository.Store<K, V> store, Iterable<? extends K> keys) {
      this.self = self;
      this.store = store;
      this.keys = keys;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Repository<K, V> self = this.self;
      Repository.Store<K, V> store = this.store;
      Iterator<? extends K> t$1 = this.t$1;
      int state = this.state;
      for (; ; ) {
        switch (state) {
          case START:
            t$1 = this.keys.iterator();
          case 3: {
            if (!t$1.hasNext()) {
              return ended(null);
            }
            K key = t$1.next();
            // Repository.java:36  await(RepositoryAsync.find(this, store, key))
            sent = await(task, RepositoryAsync.find(self, store, key), depth);
            if (sent == SUSPENDED) {
              this.t$1 = t$1;
              this.keys = null;
              this.state = 2;
              return SUSPENDED;
            }
          }
          case 2: {
            V found = (V) sent;
            if (found != null) {
              return ended(found);
            }
            state = 3;
            continue;
          }
          default:
            throw new AssertionError(state);
        }
      }
    }

    @Override
    protected void clear() {
      this.self = null;
      this.store = null;
      this.keys = null;
      this.t$1 = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
