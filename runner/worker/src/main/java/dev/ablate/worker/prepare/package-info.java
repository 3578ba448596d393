/** Columns of any type as the columns of numbers that a model sees. */
@NullMarked
package dev.ablate.worker.prepare;

import org.jspecify.annotations.NullMarked;
