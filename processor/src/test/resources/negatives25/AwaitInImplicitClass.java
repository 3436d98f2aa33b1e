import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import java.time.Duration;

void main() {
  // ERROR fermata:await-outside at await
  await(sleep(Duration.ZERO));
}
