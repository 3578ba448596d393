/** Finished runs from one home to another, in one file. */
@NullMarked
package dev.ablate.engine.transfer;

import org.jspecify.annotations.NullMarked;
