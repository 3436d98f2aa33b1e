package negative;

import io.fermata.Coroutine;
import javax.swing.text.DefaultStyledDocument;

class ProtectedInBody extends DefaultStyledDocument {
  @Coroutine
  static boolean named(Object o) {
    // ERROR fermata:private-access
    return o instanceof SectionElement;
  }
}
