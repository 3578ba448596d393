/** What a run is, as data that can leave its process. */
@NullMarked
package dev.ablate.worker.spec;

import org.jspecify.annotations.NullMarked;
