/** Tests. */
@NullMarked
package dev.ablate.worker.train;

import org.jspecify.annotations.NullMarked;
