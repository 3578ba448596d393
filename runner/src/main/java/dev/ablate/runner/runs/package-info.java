/** The local record of every run: one SQLite file, written before anything is sent. */
@NullMarked
package dev.ablate.runner.runs;

import org.jspecify.annotations.NullMarked;
