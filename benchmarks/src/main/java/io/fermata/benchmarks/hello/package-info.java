/** The same small program three times: how long a whole process of it takes is measured. */
@NullMarked
package io.fermata.benchmarks.hello;

import org.jspecify.annotations.NullMarked;
