/** The programs of the page about testing, bug by bug. */
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
