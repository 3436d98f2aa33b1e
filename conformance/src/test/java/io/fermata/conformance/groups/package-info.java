/** What servers need of groups, in coroutines that the processor has compiled. */
@NullMarked
package io.fermata.conformance.groups;

import org.jspecify.annotations.NullMarked;
