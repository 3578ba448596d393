/** The data of a run: split, scaled, and what is drawn. */
@NullMarked
package dev.ablate.worker.data;

import org.jspecify.annotations.NullMarked;
