package dev.ablate.launchers.spark;

import dev.ablate.core.plugin.PluginModule;

/** Brings the launcher {@code spark}. */
public final class SparkPlugin extends PluginModule {

    @Override
    protected void plug() {
        launcher("spark", SparkOptions.class)
                .summary("Executors of a Spark cluster")
                .to(Spark.class);
    }
}
