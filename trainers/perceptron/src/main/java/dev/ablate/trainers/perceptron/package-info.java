/** The perceptron: one neuron, trained by gradient descent or by Rosenblatt's rule. */
@NullMarked
package dev.ablate.trainers.perceptron;

import org.jspecify.annotations.NullMarked;
