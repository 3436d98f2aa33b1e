import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;

/**
 * Classes in the unnamed package.
 *
 * <p>JLS 7.4.2.
 */
final class InUnnamedPackage {
  static int count = 1;

  record Part(int n) {}

  @Coroutine
  static int namesItsOwnMembers(Env env) {
    Part part = new Part(await(env.value("n", 3)));
    InUnnamedPackage.count += part.n();
    return count++ * await(InUnnamedPackageAsync.twice(env, part));
  }

  @Coroutine
  static int twice(Env env, Part part) {
    count = 1;
    return 2 * await(env.value("part", part)).n();
  }
}
