/** A report as a table for a paper. */
@NullMarked
package dev.ablate.engine.report.latex;

import org.jspecify.annotations.NullMarked;
