package io.fermata;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

public final class Generator<T> implements Iterator<T>, Iterable<T>, AutoCloseable {
  private final Handover<T> body;
  private Boolean ready;

  Generator(Handover<T> body) {
    this.body = body;
  }

  @Override
  public Iterator<T> iterator() {
    return this;
  }

  @Override
  public boolean hasNext() {
    if (ready == null) {
      ready = body.moveNext();
    }
    return ready;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T value = body.current();
    ready = null;
    return value;
  }

  public Stream<T> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  @Override
  public void close() {
    ready = false;
    body.close();
  }
}
