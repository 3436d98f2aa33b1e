package hello

import io.fermata.Async

fun main() {
  println(Async.run(HelloAsync.answer()))
}
