package org.jetbrains.jps.javac;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** Wraps as IntelliJ's class of this name does: a proxy that only this class can unwrap. */
public final class APIWrappers {

  private static final Map<Object, Object> BEHIND =
      Collections.synchronizedMap(new WeakHashMap<>());

  private APIWrappers() {}

  /** A proxy for the object. */
  public static <T> T wrap(Class<T> type, T delegate) {
    Object proxy =
        Proxy.newProxyInstance(
            APIWrappers.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  default -> method.invoke(BEHIND.get(self), arguments);
                });
    BEHIND.put(proxy, delegate);
    return type.cast(proxy);
  }

  /** The object behind the proxy. */
  public static <T> T unwrap(Class<T> type, T proxy) {
    return type.cast(BEHIND.get(proxy));
  }
}
