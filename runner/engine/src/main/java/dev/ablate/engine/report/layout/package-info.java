/** Text and tables one below the other, for a terminal or a page. */
@NullMarked
package dev.ablate.engine.report.layout;

import org.jspecify.annotations.NullMarked;
