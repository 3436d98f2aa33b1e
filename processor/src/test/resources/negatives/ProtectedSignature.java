package negative;

import io.fermata.Coroutine;
import java.util.AbstractMap;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import javax.swing.text.html.HTMLDocument;
import javax.swing.text.DefaultStyledDocument;
import javax.swing.text.AbstractDocument;

class ProtectedSignature extends DefaultStyledDocument {
  // ERROR fermata:private-access
  @Coroutine
  static String protectedType(AbstractDocument.AbstractElement fine, SectionElement bad) {
    return "";
  }
}
