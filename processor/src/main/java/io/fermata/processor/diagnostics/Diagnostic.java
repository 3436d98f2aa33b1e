package io.fermata.processor.diagnostics;

import static io.fermata.processor.diagnostics.Diagnostic.Severity.ERROR;
import static io.fermata.processor.diagnostics.Diagnostic.Severity.WARNING;

import java.util.List;

/**
 * All that the compiler tells the user. A code may stand for several findings, each with its own
 * fact and remedy; the comment above a finding names its arguments.
 */
public enum Diagnostic {
  // what stands there (`await`)
  AWAIT_IN_METHOD(
      ERROR,
      "await-outside",
      "'%1$s' stands in a method that is no coroutine.",
      "Make the method a coroutine with @Coroutine, and call its twin; or start one with run(…)."),
  // what stands there
  AWAIT_IN_LAMBDA(
      ERROR,
      "await-outside",
      "'%1$s' stands in a lambda, which runs outside the coroutine.",
      "Make it a coroutine lambda with async(() -> …), or await before it and capture the result."),
  // what stands there
  AWAIT_IN_CLASS(
      ERROR,
      "await-outside",
      "'%1$s' stands in a class inside the coroutine, whose code runs on its own.",
      "Await before it and capture the result, or make the method a coroutine of a named class."),
  // what stands there
  AWAIT_IN_INITIALIZER(
      ERROR,
      "await-outside",
      "'%1$s' stands in an initializer or a constructor, which is no coroutine.",
      "Await in a @Coroutine method, and hand over the result."),
  // the reference (`out::emit`)
  AWAIT_REFERENCE(
      ERROR,
      "await-outside",
      "'%1$s' refers to a resume point, which only a coroutine can call by its name.",
      "Call it in a coroutine lambda: async(() -> …)."),
  // what stands there
  AWAIT_IN_GENERATOR(
      ERROR,
      "await-outside",
      "'%1$s' stands in a plain generator, which runs without a loop.",
      "Make it an async generator: take an Emitter instead of the Yielder."),
  // what stands there (`emit`)
  EMIT_ELSEWHERE(
      ERROR,
      "await-outside",
      "'%1$s' stands outside the body of the generator that was given the object.",
      "Call it in the generator itself, by the name of its first parameter."),
  // what stands there
  AWAIT_IN_SYNCHRONIZED(
      ERROR,
      "await-in-synchronized",
      "'%1$s' stands in 'synchronized', and no coroutine may keep a monitor while it waits.",
      "Use an AsyncLock: try (lock) { … }."),
  // the argument (`body`)
  ASYNC_OF_OTHER(
      ERROR,
      "async-argument",
      "'%1$s' is no lambda, and 'async' makes a coroutine of what is written in its call.",
      "Write the lambda there: async(() -> …); if this is a coroutine already, it needs no async."),
  // the reference (`Async::async`)
  ASYNC_REFERENCE(
      ERROR,
      "async-argument",
      "'%1$s' refers to 'async', which makes a coroutine of what is written in its call.",
      "Call it with a lambda: async(() -> …)."),
  // member (`Hello.count`), what it is (`field`, `method`, `class`, `constructor`), the coroutines
  // with their lines (`Hello.greet (line 12)`)
  PRIVATE_MEMBER(
      ERROR,
      "private-access",
      "'%1$s' is private, and the generated coroutines that use it stand in other classes: %3$s.",
      "Make the %2$s package-private."),
  // member, what it is
  PRIVATE_USE(
      ERROR,
      "private-access",
      "'%1$s' is private, and the generated coroutine stands in another class.",
      "Make the %2$s package-private."),
  // the component's field (`Point.x`), its accessor (`x()`)
  RECORD_FIELD(
      ERROR,
      "private-access",
      "'%1$s' is the private field of a component, and its accessor '%2$s' does more than return"
          + " it.",
      "Call '%2$s' if what it gives is meant; else have a package-private method return the field,"
          + " and call that."),
  // member (`Hello.log`), what it is
  PRIVATE_BY_LOMBOK(
      ERROR,
      "private-access",
      "Lombok makes the %2$s '%1$s' private, and the generated coroutine stands in another class.",
      "Have it make the %2$s package-private: with @PackagePrivate, or with AccessLevel.PACKAGE in the"
          + " annotation that asks for it."),
  // member (`super.close`)
  SUPER_CALL(
      ERROR,
      "private-access",
      "'%1$s' can only be reached from the class itself, and the generated coroutine stands in"
          + " another class.",
      "Put the call in a package-private method of the class, and call that."),
  // what stands there (`Outer.this`, `Outer.count`), the class (`Outer`), the coroutine's class
  // (`Inner`), the class with its type parameters (`Outer<T>`)
  OUTER_OBJECT(
      ERROR,
      "private-access",
      "'%1$s' belongs to the %2$s around this object, which only the class itself can name.",
      "Have %3$s hand it out, 'final %4$s outer() { return %2$s.this; }': then the code may stay as"
          + " it is."),
  // member (`mine`, `this`)
  ENUM_CONSTANT_MEMBER(
      ERROR,
      "private-access",
      "'%1$s' belongs to an enum constant inside the coroutine, whose members a coroutine lambda in"
          + " its body cannot name.",
      "Assign it, or 'this', to a local variable before the lambda, and use that."),
  // member (`Base.count`), what it is
  PROTECTED_MEMBER(
      ERROR,
      "private-access",
      "'%1$s' is protected in another package, and the generated coroutine stands in another"
          + " class.",
      "Put the use of the %2$s in a package-private method of the class, and call that."),
  // the method, or what stands there (`async`), how many places its values take
  TOO_MANY_VALUES(
      ERROR,
      "too-large",
      "'%1$s' hands %2$s values to the generated class, 'long' and 'double' counted twice, and Java"
          + " allows 254.",
      "Put some of them into an object, and hand that over."),
  TOO_DEEP(
      ERROR,
      "too-large",
      "This code is nested deeper than javac's stack is.",
      "Assign a part of it to a local variable, or put it into a method of its own; or give javac a"
          + " larger stack, with -J-Xss."),
  // the method (`Hello.sayAfter`), the call of its twin (`HelloAsync.sayAfter(…)`)
  DIRECT_CALL(
      ERROR,
      "direct-call",
      "'%1$s' is the template of a coroutine and never runs.",
      "Call the generated twin: %2$s."),
  // the reference (`Hello::sayAfter`), its twin (`HelloAsync::sayAfter`)
  DIRECT_REFERENCE(
      ERROR,
      "direct-call",
      "'%1$s' refers to the template of a coroutine, which never runs.",
      "Refer to the generated twin: %2$s."),
  // the method (`run`), what it overrides (`Runnable.run`)
  TEMPLATE_OVERRIDE(
      ERROR,
      "template-override",
      "'%1$s' overrides '%2$s', and callers of that would run the template of the coroutine.",
      "Give the coroutine a name of its own, and start it from a plain '%1$s'."),
  // the inherited template (`Base.run`), what it implements (`Runnable.run`)
  TEMPLATE_INHERITED(
      ERROR,
      "template-override",
      "'%1$s' implements '%2$s' here, and callers of that would run the template of the coroutine.",
      "Override it with a plain method."),
  // the call (`run`)
  NESTED_RUN(
      ERROR,
      "nested-run",
      "'%1$s' stands in a coroutine, where a loop is already running.",
      "Await the coroutine: await(…)."),
  // the method, its twin's result and name (`Coro<String> find`)
  UNSUPPORTED_ABSTRACT(
      ERROR,
      "unsupported-method",
      "'%1$s' is abstract: there is no body to make a coroutine of.",
      "Declare a plain method that returns a coroutine, '%2$s(…)', and let the implementation"
          + " return the twin of a private coroutine."),
  // the type parameter (`T`)
  GENERIC_EXCEPTION(
      ERROR,
      "unsupported-method",
      "The type parameter '%1$s' is used in a class of exceptions that becomes a member of the"
          + " generated class: Java would have it generic, which no such class can be.",
      "Declare the class outside of the method, and have it keep a value of type '%1$s' in a field"
          + " of type Object, or of the bound of '%1$s'."),
  // what is of the type
  EXCEPTION_OF_INFERRED_TYPE(
      ERROR,
      "unsupported-method",
      "This is of a type that only inference has, for which the generated class has a type"
          + " parameter: the class of exceptions around it would be generic, which no such class"
          + " can be.",
      "Give the variable that it comes from a type that has a name."),
  // the method
  UNSUPPORTED_NATIVE(
      ERROR,
      "unsupported-method",
      "'%1$s' is native: there is no body to make a coroutine of.",
      "Call the native method from a coroutine, in another thread with toThread(…) if it blocks."),
  // the method
  UNSUPPORTED_SYNCHRONIZED(
      ERROR,
      "unsupported-method",
      "'%1$s' is synchronized, and no coroutine may keep a monitor while it waits.",
      "Remove 'synchronized', and use an AsyncLock where coroutines exclude each other."),
  // the method, the annotation (`Synchronized`)
  UNSUPPORTED_LOCKED(
      ERROR,
      "unsupported-method",
      "'%1$s' holds a lock all the time, as '@%2$s' asks for, and no coroutine may keep one while it"
          + " waits.",
      "Remove '@%2$s', and use an AsyncLock where coroutines exclude each other."),
  // the method, the modifier (`private`)
  UNSUPPORTED_TEST(
      ERROR,
      "unsupported-method",
      "'%1$s' is a test that is %2$s, and JUnit runs none of these.",
      "Remove '%2$s'."),
  UNSUPPORTED_CONSTRUCTOR(
      ERROR,
      "unsupported-method",
      "A constructor gives an object at once and can be no coroutine.",
      "Write a static @Coroutine method that awaits, then calls the constructor."),
  // the method
  UNSUPPORTED_LOCAL(
      ERROR,
      "unsupported-method",
      "'%1$s' stands in a local or anonymous class, which the generated twin can't name.",
      "Move the class out of the method, or use a coroutine lambda: async(() -> …)."),
  // the method
  UNSUPPORTED_IMPLICIT(
      ERROR,
      "unsupported-method",
      "'%1$s' stands in a file whose class is not written, and the generated twin can't name it.",
      "Declare the class around the members of the file."),
  // the sink's type (`Emitter`)
  SINK_NOT_FIRST(
      ERROR,
      "unsupported-method",
      "The %1$s of a generator is its first parameter.",
      "Put it before all others; to pass one on, use emitAll or yieldAll."),
  // the method, what it returns
  GENERATOR_RETURNS(
      ERROR,
      "unsupported-method",
      "'%1$s' is a generator and returns '%2$s', but what it gives goes through its first"
          + " parameter.",
      "Declare it void."),
  // the method, what it throws
  GENERATOR_THROWS(
      ERROR,
      "unsupported-method",
      "'%1$s' is a generator and declares '%2$s', which no loop over it could catch by its type.",
      "Wrap it in an unchecked exception."),
  // the twin's method, the other one
  TWINS_CLASH(
      ERROR,
      "name-clash",
      "'%1$s' would have the same parameters as the twin of %2$s.",
      "Rename one of them."),
  // the twin
  CLASS_EXISTS(
      ERROR,
      "name-clash",
      "The twin would be called '%1$s', and there is such a class already.",
      "Rename one of them."),
  // the twin, the other class
  TWIN_NAMES_CLASH(
      ERROR,
      "name-clash",
      "The twin would be called '%1$s', as is that of '%2$s'.",
      "Rename one of the two classes."),
  // the twin, its class, the coroutine
  EARLIER_TWIN(
      ERROR,
      "stale-twin",
      "'%1$s' is left from an earlier build: the class '%2$s' has no coroutine '%3$s'.",
      "Call what has taken its place, and delete the old twin; a clean build does."),
  // the twin
  TWIN_GIVEN(
      ERROR,
      "stale-twin",
      "'%1$s' was generated by an earlier build, and javac is given it as a source, so that it can't"
          + " be generated again.",
      "Take the folder of generated sources out of the sources, or empty it before each build."),
  // the class
  UNSEEN(
      ERROR,
      "stale-twin",
      "'%1$s' has coroutines, and javac, which found its file by itself on the source path, shows"
          + " it to no processor: its twin is not generated.",
      "Name the file among the sources that javac is to compile."),
  PARAMETER_SELF(
      ERROR,
      "name-clash",
      "A parameter is called 'self', which is what the twin calls the object itself.",
      "Rename the parameter."),
  // the expression (`HelloAsync.greet(…)`)
  MISSING_AWAIT(
      ERROR,
      "missing-await",
      "'%1$s' only gives the coroutine or the task, and what stands here wants its result.",
      "Await it: await(%1$s)."),
  // the expression
  MISSING_RUN(
      ERROR,
      "missing-await",
      "'%1$s' only gives the coroutine or the task, and what stands here wants its result.",
      "Run it with run(%1$s); or make this method a coroutine, and await it there."),
  // the argument (`name()`), its type (`String`)
  NOT_AWAITABLE(
      ERROR,
      "not-awaitable",
      "'%1$s' is of type '%2$s', which is no coroutine: there is nothing to wait for.",
      "Leave out 'await'; if the method is to wait itself, make it a @Coroutine, and await its twin."),
  // the argument
  NO_FUTURE(
      ERROR,
      "not-awaitable",
      "'%1$s' is a Future, which tells nobody when it is done.",
      "Have the executor give a CompletableFuture, or wait in another thread:"
          + " await(toThread(() -> %1$s.get()))."),
  // what is called (`createTask`)
  NO_LAMBDA(
      ERROR,
      "not-awaitable",
      "'%1$s' takes a coroutine, and a lambda or a method reference is none.",
      "Hand over the call of a twin, HelloAsync.greet(…); in a coroutine async(() -> …), too."),
  // the argument (`1`), its type (`int`)
  NO_DURATION(
      ERROR,
      "wrong-argument",
      "'%1$s' is of type '%2$s', and times are of type Duration.",
      "Name the unit: Duration.ofSeconds(…), Duration.ofMillis(…)."),
  // the twin's method (`HelloAsync.greet`), the class (`Hello`), what follows (`, …`)
  NO_OBJECT(
      ERROR,
      "wrong-argument",
      "'%1$s' is the twin of an instance method, and takes the %2$s first.",
      "Hand it over: %1$s(this%3$s)."),
  // the function (`sleep`)
  MISSING_IMPORT(
      ERROR,
      "unknown-name",
      "'%1$s' is a function of io.fermata.Async, which this file does not import.",
      "Write 'import static io.fermata.Async.*;' at the top of the file."),
  // asyncio's name, Fermata's
  OTHER_NAME(
      ERROR,
      "unknown-name",
      "'%1$s' is asyncio's name.",
      "In Java it is '%2$s', of io.fermata.Async."),
  // the method (`Hello.name`)
  NO_COROUTINE_OF_NAME(
      ERROR,
      "unknown-name",
      "'%1$s' is no coroutine, and has no twin.",
      "Call it itself, or make it a coroutine with @Coroutine."),
  // the method, what it returns (`Coro<String>`)
  DECLARES_COROUTINE(
      ERROR,
      "unsupported-method",
      "'%1$s' declares '%2$s', but a coroutine declares what its body returns: its twin gives the"
          + " coroutine.",
      "Declare the type of the result itself."),
  // the call (`sleep(…)`)
  NEVER_AWAITED(
      WARNING,
      "never-awaited",
      "'%1$s' only creates a coroutine, which is dropped here and never runs.",
      "Await it with await(…), or keep the task that createTask(…) makes of it."),
  // the call (`Thread.sleep`), what to use instead (`await(sleep(…))`)
  BLOCKING_CALL(
      WARNING,
      "blocking-call",
      "'%1$s' blocks the thread, and every coroutine of the loop with it.",
      "Use %2$s."),
  // what is caught (`Throwable`)
  SWALLOWED_WITH_OTHERS(
      WARNING,
      "swallowed-cancellation",
      "'catch (%1$s …)' takes the cancellation of the task, too, and neither rethrows nor looks at"
          + " it: the task goes on.",
      "Catch Exception, which a cancellation is not; or put 'catch (CancelledError e) { throw e; }'"
          + " before this clause."),
  // what is caught (`CancelledError`)
  SWALLOWED_CANCELLATION(
      WARNING,
      "swallowed-cancellation",
      "'catch (%1$s …)' takes the cancellation of the task and does not rethrow it: the task goes"
          + " on.",
      "Clean up in 'finally', or rethrow it at the end of this clause."),
  // the lock (`lock`)
  LOCK_ACROSS_AWAIT(
      WARNING,
      "lock-across-await",
      "'%1$s' is held while this waits, but it belongs to the thread: other coroutines of the loop"
          + " enter it as well, and other threads are held up.",
      "Use an AsyncLock, 'try (lock) { … }', or give it back before."),
  // the call (`createTask(…)`)
  DROPPED_TASK(
      WARNING,
      "dropped-task",
      "'%1$s' starts a task that nothing looks at: its failure is only logged, and it is cancelled"
          + " when the loop's main coroutine ends.",
      "Keep the task and await it, or start it in a TaskGroup."),
  // the jump (`return`)
  FINALLY_JUMP(
      WARNING,
      "finally-jump",
      "'%1$s' leaves 'finally', and drops the cancellation or the failure that brought control"
          + " here.",
      "Put it behind the 'try' statement."),
  // the lock (`lock`)
  OWN_LOCK(
      WARNING,
      "self-deadlock",
      "'%1$s' is held here already, and an AsyncLock can't be taken twice: this waits for ever.",
      "Leave out the inner one, or give the lock back before."),
  // the argument (`currentTask()`)
  OWN_TASK(
      WARNING,
      "self-deadlock",
      "'%1$s' is the task that runs this code, which can't wait for itself.",
      "Await the other tasks only."),
  // the condition (`!task.isDone()`)
  BUSY_LOOP(
      WARNING,
      "busy-loop",
      "Only another task can change '%1$s', and none runs while this loop does not await.",
      "Await what it waits for, such as a task, an AsyncEvent or an AsyncCondition; or"
          + " await(sleep(Duration.ZERO)) in the loop."),
  // the coroutine (`Base.load`), what overrides it (`Derived.load`)
  OVERRIDDEN(
      WARNING,
      "overridden",
      "'%2$s' overrides the coroutine '%1$s', but the twin of '%1$s' runs its own body for every"
          + " object.",
      "Let the base class have a plain method that returns a coroutine, and override that."),
  // the coroutine, the pass, what went wrong
  INTERNAL_ERROR(
      ERROR,
      "internal-error",
      "Fermata fails to compile '%1$s', in its %2$s: %3$s",
      "This is a fault of Fermata's; report it, please, with the source of the method.");

  /** Whether a finding stops the compile. */
  public enum Severity {
    WARNING,
    ERROR
  }

  private final Severity severity;
  private final String code;
  private final String fact;
  private final String remedy;

  Diagnostic(Severity severity, String code, String fact, String remedy) {
    this.severity = severity;
    this.code = code;
    this.fact = fact;
    this.remedy = remedy;
  }

  /** The code as users write it: {@code private-access}. */
  public String code() {
    return code;
  }

  /** Whether it stops the compile, when the user has not said otherwise. */
  public Severity severity() {
    return severity;
  }

  /** Both lines: the fact with the code before it, then the remedy. */
  public String message(List<String> arguments) {
    Object[] values = arguments.toArray();
    return "[fermata:" + code + "] " + fact.formatted(values) + "\n  " + remedy.formatted(values);
  }
}
