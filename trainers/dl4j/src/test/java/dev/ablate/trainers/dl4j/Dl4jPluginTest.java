package dev.ablate.trainers.dl4j;

import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginModule;

final class Dl4jPluginTest extends PluginContract {

    @Override
    protected PluginModule module() {
        return new Dl4jPlugin();
    }
}
