/** Finished runs to effects and verdicts. */
@NullMarked
package dev.ablate.engine.compare;

import org.jspecify.annotations.NullMarked;
