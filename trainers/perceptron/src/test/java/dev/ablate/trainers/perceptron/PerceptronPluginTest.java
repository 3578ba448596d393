package dev.ablate.trainers.perceptron;

import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginModule;

final class PerceptronPluginTest extends PluginContract {

    @Override
    protected PluginModule module() {
        return new PerceptronPlugin();
    }
}
