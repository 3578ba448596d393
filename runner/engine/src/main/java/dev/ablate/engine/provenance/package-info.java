/** Finds out what runs are begun with, and says what the runs of a comparison share of it. */
@NullMarked
package dev.ablate.engine.provenance;

import org.jspecify.annotations.NullMarked;
