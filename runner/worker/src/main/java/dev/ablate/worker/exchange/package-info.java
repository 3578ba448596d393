/** Runs that leave their process: the files of tasks and results. */
@NullMarked
package dev.ablate.worker.exchange;

import org.jspecify.annotations.NullMarked;
