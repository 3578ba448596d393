/** Runs the tasks of runs that were submitted: the program that a launcher starts. */
@NullMarked
package dev.ablate.worker.task;

import org.jspecify.annotations.NullMarked;
