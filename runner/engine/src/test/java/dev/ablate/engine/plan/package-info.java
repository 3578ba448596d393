/** Tests of what a plan is made of. */
@NullMarked
package dev.ablate.engine.plan;

import org.jspecify.annotations.NullMarked;
