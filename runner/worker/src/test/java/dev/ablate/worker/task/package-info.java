/** Tests. */
@NullMarked
package dev.ablate.worker.task;

import org.jspecify.annotations.NullMarked;
