/** Tests. */
@NullMarked
package dev.ablate.engine.problem;

import org.jspecify.annotations.NullMarked;
