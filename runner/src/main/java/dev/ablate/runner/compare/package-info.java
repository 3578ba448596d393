/** Finished runs to effects and verdicts. */
@NullMarked
package dev.ablate.runner.compare;

import org.jspecify.annotations.NullMarked;
