/** A report for a terminal and as Markdown. */
@NullMarked
package dev.ablate.engine.report.text;

import org.jspecify.annotations.NullMarked;
