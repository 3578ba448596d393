/** Statistical tests of paired differences; they know nothing of runs, metrics or plans. */
@NullMarked
package dev.ablate.engine.compare.significance;

import org.jspecify.annotations.NullMarked;
