/** Jars to datasets and trainers by name, and plain data to options records. */
@NullMarked
package dev.ablate.worker.catalog;

import org.jspecify.annotations.NullMarked;
