/** How models are measured: metrics, what they are given, and those that a trainer has of its own. */
@NullMarked
package dev.ablate.core.metric;

import org.jspecify.annotations.NullMarked;
