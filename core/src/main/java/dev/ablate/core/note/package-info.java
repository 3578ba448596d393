/** What a program logs of its own accord while it is a run. */
@NullMarked
package dev.ablate.core.note;

import org.jspecify.annotations.NullMarked;
