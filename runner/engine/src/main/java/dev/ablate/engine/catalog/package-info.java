/** Jars to datasets, trainers and metrics by name, and written options to options records. */
@NullMarked
package dev.ablate.engine.catalog;

import org.jspecify.annotations.NullMarked;
