/** Tests. */
@NullMarked
package dev.ablate.engine.report.text;

import org.jspecify.annotations.NullMarked;
