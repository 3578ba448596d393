package example;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginModule;

/** Brings a dataset without rows, as a plugin that a node may lack. */
public final class NothingPlugin extends PluginModule {

    @Override
    protected void plug() {
        dataset("nothing", NoOptions.class).summary("No rows").to(options -> Dataset.none());
    }
}
