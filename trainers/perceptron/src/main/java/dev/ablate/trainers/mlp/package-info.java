/** The multilayer perceptron: neurons in layers, trained by back-propagation. */
@NullMarked
package dev.ablate.trainers.mlp;

import org.jspecify.annotations.NullMarked;
