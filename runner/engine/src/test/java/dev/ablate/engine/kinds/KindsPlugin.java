package dev.ablate.engine.kinds;

import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginModule;

/** One of each kind. */
public final class KindsPlugin extends PluginModule {

    /** For the service loader. */
    public KindsPlugin() {}

    @Override
    protected void plug() {
        dataset("toys", NoOptions.class).summary("Toys by size and colour").to(Toys.class);
        trainer("averaging", AveragingOptions.class)
                .summary("Answers the mean of the targets that it has met")
                .to(Averaging.class);
        trainer("midpoint", NoOptions.class)
                .summary("Answers the middle, in one go")
                .to(Midpoint.class);
        launcher("processes", ProcessesOptions.class)
                .summary("Processes of this machine")
                .to(Processes.class);
        metric("within_one").summary("Share of answers within 1 of the target").to(new WithinOne());
    }
}
