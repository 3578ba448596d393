package dev.ablate.trainers.mlp;

import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginModule;

final class MlpPluginTest extends PluginContract {

    @Override
    protected PluginModule module() {
        return new MlpPlugin();
    }
}
