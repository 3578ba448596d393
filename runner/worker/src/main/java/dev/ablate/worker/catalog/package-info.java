/** Jars to datasets, trainers, metrics and launchers by name, and plain data to options records. */
@NullMarked
package dev.ablate.worker.catalog;

import org.jspecify.annotations.NullMarked;
