package io.fermata;

import java.util.Iterator;
import java.util.NoSuchElementException;

public interface AsyncIterable<T> extends Iterable<T> {
  AsyncIterator<T> asyncIterator();

  @Override
  default Iterator<T> iterator() {
    AsyncIterator<T> source = asyncIterator();
    return new Iterator<>() {
      private Boolean ready;

      @Override
      public boolean hasNext() {
        if (ready == null) {
          ready = Async.await(source.moveNext());
        }
        return ready;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ready = null;
        return source.current();
      }
    };
  }
}
