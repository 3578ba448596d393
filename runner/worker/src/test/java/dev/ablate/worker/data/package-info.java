/** Tests. */
@NullMarked
package dev.ablate.worker.data;

import org.jspecify.annotations.NullMarked;
