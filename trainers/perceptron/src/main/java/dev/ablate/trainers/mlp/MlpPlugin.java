package dev.ablate.trainers.mlp;

import dev.ablate.core.plugin.PluginModule;

/** Brings the trainer {@code mlp}. */
public final class MlpPlugin extends PluginModule {

    @Override
    protected void plug() {
        trainer("mlp", MlpOptions.class)
                .summary("Neurons in layers (a multilayer perceptron), by gradient descent with back-propagation")
                .source("Rumelhart, Hinton and Williams, \"Learning representations by back-propagating errors\","
                        + " Nature 323 (1986), doi:10.1038/323533a0")
                .to(Mlp.class);
    }
}
