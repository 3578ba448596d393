package dev.ablate.trainers.perceptron;

import dev.ablate.core.plugin.PluginModule;

/** Brings the trainer {@code perceptron}. */
public final class PerceptronPlugin extends PluginModule {

    @Override
    protected void plug() {
        trainer("perceptron", PerceptronOptions.class)
                .summary("One neuron: a weighted sum and an activation, by gradient descent or Rosenblatt's rule")
                .source("Shukla and Iriondo, \"Neural networks from scratch with Python code and math in detail\";"
                        + " Real Python, \"Python AI: how to build a neural network and make predictions\";"
                        + " Rosenblatt, \"The perceptron\", Psychological Review 65 (1958), doi:10.1037/h0042519")
                .to(Perceptron.class);
    }
}
