/** What charts show, computed of runs and models; how it is drawn is not known here. */
@NullMarked
package dev.ablate.runner.report.picture;

import org.jspecify.annotations.NullMarked;
