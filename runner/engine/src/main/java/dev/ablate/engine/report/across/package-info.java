/** One answer over several data sets, in words and tables. */
@NullMarked
package dev.ablate.engine.report.across;

import org.jspecify.annotations.NullMarked;
