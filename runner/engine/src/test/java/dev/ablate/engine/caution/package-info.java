/** Tests. */
@NullMarked
package dev.ablate.engine.caution;

import org.jspecify.annotations.NullMarked;
