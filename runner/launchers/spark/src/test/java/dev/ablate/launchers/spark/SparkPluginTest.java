package dev.ablate.launchers.spark;

import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginModule;

final class SparkPluginTest extends PluginContract {

    @Override
    protected PluginModule module() {
        return new SparkPlugin();
    }
}
