package goldens;

import static io.fermata.Async.await;

import io.fermata.Coroutine;
import io.fermata.ThrowingCoro;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Instance methods of a generic class, with type parameters and checked exceptions. */
class Repository<K, V> {

  interface Store<K, V> {
    ThrowingCoro<V, IOException> load(K key);
  }

  final Map<K, V> cache = new HashMap<>();
  int misses;

  @Coroutine
  <S extends Store<? super K, ? extends V>> V find(S store, K key) throws IOException {
    V cached = cache.get(key);
    if (cached != null) {
      return cached;
    }
    misses++;
    V loaded = await(store.load(key));
    cache.put(key, loaded);
    return loaded;
  }

  @Coroutine
  V first(Store<K, V> store, Iterable<? extends K> keys) throws IOException {
    for (K key : keys) {
      V found = await(RepositoryAsync.find(this, store, key));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
