/** A plan to finished runs; knows no plugin by name. */
@NullMarked
package dev.ablate.engine.train;

import org.jspecify.annotations.NullMarked;
