/** Runs that are trained elsewhere: their tasks go out, and their results come in. */
@NullMarked
package dev.ablate.engine.launch;

import org.jspecify.annotations.NullMarked;
