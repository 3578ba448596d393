/** What a process makes of a run: its data are open, its trainer is made. */
@NullMarked
package dev.ablate.worker.context;

import org.jspecify.annotations.NullMarked;
