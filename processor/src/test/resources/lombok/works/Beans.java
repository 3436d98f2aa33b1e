// PRINTS lazy1u5[w, v]mUser(name=u)
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.*;

class Beans {
  @Getter @Setter int n;
  @Getter(lazy = true) private final String lazy = "lazy" + n;

  @Coroutine
  String go() {
    setN(getN() + 1);
    await(sleep(Duration.ZERO));
    User user = new User();
    user.setName("u");
    Point point = new Point(1, 2).withX(5);
    Built built = Built.builder().id(3).word("w").word("v").build();
    Made made = Made.of("m");
    await(sleep(Duration.ZERO));
    return getLazy() + user.getName() + point.getX() + built.getWords() + made.getName() + user;
  }

  static String result() {
    return run(BeansAsync.go(new Beans()));
  }
}

@Data
class User {
  String name;
}

@Value
@With
class Point {
  int x;
  int y;
}

@Builder
@Getter
class Built {
  int id;
  @Singular java.util.List<String> words;
  @Builder.Default String kind = "k";
}

@Getter
@RequiredArgsConstructor(staticName = "of")
class Made {
  @NonNull final String name;
}
