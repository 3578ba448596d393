/** Tests. */
@NullMarked
package dev.ablate.worker.prepare;

import org.jspecify.annotations.NullMarked;
