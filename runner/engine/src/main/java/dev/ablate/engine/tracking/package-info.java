/** The port to a tracking server: what is delivered where, in words of no particular tracker. */
@NullMarked
package dev.ablate.engine.tracking;

import org.jspecify.annotations.NullMarked;
