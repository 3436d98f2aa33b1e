package negative;

import static io.fermata.Async.await;

import io.fermata.Awaitable;
import io.fermata.Coroutine;
import javax.swing.text.DefaultStyledDocument;

class ProtectedSupertype extends DefaultStyledDocument {
  @Coroutine
  String named(Awaitable<String> text) {
    // ERROR fermata:private-access at SectionElement
    return new SectionElement() {
      String say(String s) {
        return s + getName();
      }
    }.say(await(text));
  }
}
