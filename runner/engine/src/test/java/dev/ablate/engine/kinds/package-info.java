/** One small plugin of each kind, held by its contract and run by a spec. */
@NullMarked
package dev.ablate.engine.kinds;

import org.jspecify.annotations.NullMarked;
