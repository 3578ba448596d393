/** A report as one self-contained page, with charts. */
@NullMarked
package dev.ablate.engine.report.html;

import org.jspecify.annotations.NullMarked;
