/** Tests. */
@NullMarked
package dev.ablate.worker.context;

import org.jspecify.annotations.NullMarked;
