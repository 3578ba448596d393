/** One update of a run worked by hand. */
@NullMarked
package dev.ablate.engine.report.worked;

import org.jspecify.annotations.NullMarked;
