/** The front door: experiments from their specs to their answers, for any Java program; begins at {@link dev.ablate.engine.Ablate}. */
@NullMarked
package dev.ablate.engine;

import org.jspecify.annotations.NullMarked;
