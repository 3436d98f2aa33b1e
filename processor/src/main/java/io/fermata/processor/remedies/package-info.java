/**
 * What mends a fault by itself: edits of the user's file, and the patch that is made of those of a
 * compile. In: remedies, which checks give with what they find, and the declarations that are to be
 * reached; out: a unified diff. {@code Reporter} hands on what it prints.
 */
@NullMarked
package io.fermata.processor.remedies;

import org.jspecify.annotations.NullMarked;
