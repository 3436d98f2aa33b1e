package io.fermata.internal.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.internal.outside.Command.Tool;
import io.fermata.internal.outside.Command.Wrong;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

  @Test
  void parse_takesWhatTheUsageSays() throws Wrong {
    assertEquals(command(Tool.PS, OptionalLong.empty()), Command.parse("ps"));
    assertEquals(command(Tool.PSTREE, OptionalLong.of(12)), Command.parse("pstree", "12"));
    assertEquals(
        new Command(Tool.TOP, OptionalLong.of(12), true, Duration.ofMillis(2500), 3),
        Command.parse("top", "--interval", "2.5", "12", "--count", "3", "--json"));
    assertEquals(Tool.HELP, Command.parse("--help").tool());
    assertEquals(Tool.HELP, Command.parse("ps", "--help").tool());
  }

  private static Command command(Tool tool, OptionalLong pid) {
    return new Command(tool, pid, false, Duration.ofSeconds(1), Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list            | no command is called list: say ps, pstree or top.
          ps 0            | the pid is a number from 1 on, not 0.
          ps -1           | ps has no option -1.
          ps x            | the pid is a number from 1 on, not x.
          ps 1 2          | one pid at a time, and not 2 too.
          ps 1 --count 2  | ps has no option --count.
          top 1 --fast    | top has no option --fast.
          top 1 --count   | --count needs a value.
          top --count 0   | --count is a number from 1 on, not 0.
          top --interval 0.05  | --interval takes seconds, 0.1 to 60, not 0.05.
          top --interval 61    | --interval takes seconds, 0.1 to 60, not 61.
          top --interval 1s    | --interval takes seconds, 0.1 to 60, not 1s.
          """)
  void parse_saysWhatIsWrong(String line, String sentence) {
    Wrong wrong = assertThrows(Wrong.class, () -> Command.parse(line.split(" ")));
    assertEquals(sentence, wrong.getMessage());
  }

  @Test
  void parse_ofNothingSaysWhatThereIs() {
    Wrong wrong = assertThrows(Wrong.class, Command::parse);
    assertEquals("no command: say ps, pstree or top.", wrong.getMessage());
  }
}
