/** Tests. */
@NullMarked
package dev.ablate.engine.report.layout;

import org.jspecify.annotations.NullMarked;
