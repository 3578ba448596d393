/** A report as data: JSON for programs, CSV for spreadsheets. */
@NullMarked
package dev.ablate.engine.report.data;

import org.jspecify.annotations.NullMarked;
