/** Any command as a trainer: it is started for each run, and reports what it measured. */
@NullMarked
package dev.ablate.trainers.program;

import org.jspecify.annotations.NullMarked;
