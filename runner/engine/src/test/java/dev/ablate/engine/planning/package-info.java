/** Tests. */
@NullMarked
package dev.ablate.engine.planning;

import org.jspecify.annotations.NullMarked;
