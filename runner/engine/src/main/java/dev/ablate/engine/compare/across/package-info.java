/** One answer over several data sets. */
@NullMarked
package dev.ablate.engine.compare.across;

import org.jspecify.annotations.NullMarked;
