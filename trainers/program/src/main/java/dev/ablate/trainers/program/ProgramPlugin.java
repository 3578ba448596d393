package dev.ablate.trainers.program;

import dev.ablate.core.plugin.PluginModule;

/** Brings the trainer {@code program}. */
public final class ProgramPlugin extends PluginModule {

    @Override
    protected void plug() {
        trainer("program", ProgramOptions.class)
                .summary("Any command that reports what it measured, such as a script of your own")
                .to(Program.class);
    }
}
