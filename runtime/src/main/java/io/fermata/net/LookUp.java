package io.fermata.net;

import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code lookUp}: the addresses of a host. */
final class LookUp extends Continuation<List<InetAddress>, IOException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.net.Net", "lookUp", "Net.java", "", "");
  private static final int WAITING = 2;

  private @Nullable String host;

  LookUp(String host) {
    this.host = Objects.requireNonNull(host, "host");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    if (state == WAITING) {
      return ended(sent);
    }
    Object found = await(task, Hosts.lookUp(Objects.requireNonNull(host)), depth);
    if (found == SUSPENDED) {
      state = WAITING;
      return SUSPENDED;
    }
    return ended(found);
  }

  @Override
  protected void clear() {
    host = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
