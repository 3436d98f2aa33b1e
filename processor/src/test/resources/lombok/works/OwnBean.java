// PRINTS OwnBean(n=3)
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.*;

@Data
@Builder(toBuilder = true)
@NoArgsConstructor
@AllArgsConstructor
class OwnBean {
  int n;

  @Coroutine
  OwnBean go(OwnBean other) {
    await(sleep(Duration.ZERO));
    return toBuilder().n(getN() + other.n).build();
  }

  static String result() {
    return run(OwnBeanAsync.go(new OwnBean(1), new OwnBean(2))).toString();
  }
}
