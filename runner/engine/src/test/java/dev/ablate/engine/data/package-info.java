/** Tests of what becomes of data before training. */
@NullMarked
package dev.ablate.engine.data;

import org.jspecify.annotations.NullMarked;
