/** Deeplearning4j as a trainer: the reference that the hand-rolled trainers are compared with. */
@NullMarked
package dev.ablate.trainers.dl4j;

import org.jspecify.annotations.NullMarked;
