package io.fermata.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints the user's code, moved to the margin where it stands, with each line marked. */
final class CodeText {
  private final int table;
  private final Function<Part.NewCoroutine, CodeBlock> creation;

  /**
   * @param table of the lines
   * @param creation prints {@code new SayAfterLambda}, without arguments
   */
  CodeText(int table, Function<Part.NewCoroutine, CodeBlock> creation) {
    this.table = table;
    this.creation = creation;
  }

  /** The code; {@code line} is the user's line of its beginning, 0 for code without lines. */
  CodeBlock print(Code code, int line) {
    String indentation = commonIndentation(code);
    CodeBlock.Builder out = CodeBlock.builder();
    int at = line;
    for (Part part : code.parts()) {
      if (part instanceof Part.TypeName name) {
        out.add("$T", Types.of(name.type()));
      } else if (part instanceof Part.NewCoroutine lambda) {
        out.add(creation.apply(lambda));
      } else if (part instanceof Part.Lines lines) {
        at += line == 0 ? 0 : lines.count();
      } else {
        String text = part.toString().replace("\r\n", "\n").replace("\n" + indentation, "\n");
        out.add("$L", marked(text, at));
        at += line == 0 ? 0 : (int) text.chars().filter(c -> c == '\n').count();
      }
    }
    return out.build();
  }

  private String marked(String text, int line) {
    if (line == 0 || text.indexOf('\n') < 0) {
      return text;
    }
    StringBuilder marked = new StringBuilder();
    Iterator<String> lines = List.of(text.split("\n", -1)).iterator();
    marked.append(lines.next());
    for (int at = line + 1; lines.hasNext(); at++) {
      marked.append('\n').append(LineMarks.mark(table, at)).append(lines.next());
    }
    return marked.toString();
  }

  /** The white space that all lines but the first begin with. */
  private static String commonIndentation(Code code) {
    String text =
        code.parts().stream()
            .filter(part -> !(part instanceof Part.Lines))
            .map(part -> part instanceof Part.Text plain ? plain.text() : "x")
            .collect(Collectors.joining());
    String common = null;
    String[] lines = text.split("\n", -1);
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        String indentation = lines[i].substring(0, lines[i].indexOf(lines[i].strip()));
        common = common == null ? indentation : commonStart(common, indentation);
      }
    }
    return common == null ? "" : common;
  }

  private static String commonStart(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }
}
