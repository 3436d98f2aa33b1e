package io.fermata.processor.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parentheses stand where an operator would tear code apart, and nowhere else beyond doubt. */
class CodeShapeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          n ~ n
          f(a + b, "x )") ~ f(a + b, "x )")
          list.get(i)[2].name ~ list.get(i)[2].name
          a + b ~ (a + b)
          a ? b : c ~ (a ? b : c)
          x -> x ~ (x -> x)
          -1 ~ (-1)
          (int) x ~ ((int) x)
          f(/* ) */ a) ~ (f(/* ) */ a))
          new Foo() ~ (new Foo())
          """)
  void operand(String code, String expected) {
    assertEquals(expected, CodeShape.operand(Code.of(code)).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          done ~ !done
          !done ~ done
          it.hasNext() ~ !it.hasNext()
          a == b ~ a != b
          i % 2 != f(x == y) ~ i % 2 == f(x == y)
          i < 3 ~ !(i < 3)
          !a && b ~ !(!a && b)
          !a == b ~ !(!a == b)
          a == b && c ~ !(a == b && c)
          a == b == c ~ !(a == b == c)
          "a == b".equals(c) ~ !"a == b".equals(c)
          x instanceof Foo f ~ !(x instanceof Foo f)
          f(/* ) */ a == b /* ( */) ~ !(f(/* ) */ a == b /* ( */))
          """)
  void negated(String code, String expected) {
    assertEquals(expected, CodeShape.negated(Code.of(code)).toString());
  }
}
