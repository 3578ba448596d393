package dev.ablate.trainers.dl4j;

import dev.ablate.core.plugin.PluginModule;

/** Brings the trainer {@code dl4j}. */
public final class Dl4jPlugin extends PluginModule {

    @Override
    protected void plug() {
        trainer("dl4j", Dl4jOptions.class)
                .summary("Dense layers by Deeplearning4j, the reference: one neuron, or hidden layers before it")
                .source("Eclipse Deeplearning4j 1.0.0-M2.1, https://github.com/deeplearning4j/deeplearning4j")
                .oneAtATime()
                .to(Dl4jTrainer.class);
    }
}
