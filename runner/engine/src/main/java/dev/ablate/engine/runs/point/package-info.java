/** The points of an attempt as they are stored: gathered, written and read. */
@NullMarked
package dev.ablate.engine.runs.point;

import org.jspecify.annotations.NullMarked;
