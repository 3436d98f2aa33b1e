/** What users call: the functions, the tasks and the loop. */
@NullMarked
package io.fermata;

import org.jspecify.annotations.NullMarked;
