/** A report as one self-contained page, with charts. */
@NullMarked
package dev.ablate.runner.report.html;

import org.jspecify.annotations.NullMarked;
