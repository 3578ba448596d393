/** A spec and the catalog to a plan: every run with its typed options, seed and key. */
@NullMarked
package dev.ablate.engine.plan;

import org.jspecify.annotations.NullMarked;
