/** Turns a spec into a plan: looks every name up, opens the data, and checks everything. */
@NullMarked
package dev.ablate.engine.planning;

import org.jspecify.annotations.NullMarked;
