/** Trainers and the models they make. */
@NullMarked
package dev.ablate.core.training;

import org.jspecify.annotations.NullMarked;
