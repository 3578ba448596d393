/** Trained models, as files of a run. */
@NullMarked
package dev.ablate.worker.model;

import org.jspecify.annotations.NullMarked;
