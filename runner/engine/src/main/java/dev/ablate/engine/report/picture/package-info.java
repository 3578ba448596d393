/** What charts show, computed of runs and models; how it is drawn is not known here. */
@NullMarked
package dev.ablate.engine.report.picture;

import org.jspecify.annotations.NullMarked;
