/** The port to a tracking server: what is delivered where, told without the name of any tracker. */
@NullMarked
package dev.ablate.engine.tracking;

import org.jspecify.annotations.NullMarked;
