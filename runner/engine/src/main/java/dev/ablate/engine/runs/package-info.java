/** The local record of every run: one SQLite file, written before anything is sent. */
@NullMarked
package dev.ablate.engine.runs;

import org.jspecify.annotations.NullMarked;
