package dev.ablate.launchers.slurm;

import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginModule;

final class SlurmPluginTest extends PluginContract {

    @Override
    protected PluginModule module() {
        return new SlurmPlugin();
    }
}
