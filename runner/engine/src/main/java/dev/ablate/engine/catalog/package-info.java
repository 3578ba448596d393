/** Jars to datasets, trainers, metrics and launchers by name, and written options to options records. */
@NullMarked
package dev.ablate.engine.catalog;

import org.jspecify.annotations.NullMarked;
