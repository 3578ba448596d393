package dev.ablate.launchers.slurm;

import dev.ablate.core.plugin.PluginModule;

/** Brings the launcher {@code slurm}. */
public final class SlurmPlugin extends PluginModule {

    @Override
    protected void plug() {
        launcher("slurm", SlurmOptions.class)
                .summary("Array jobs of a Slurm cluster")
                .to(Slurm.class);
    }
}
