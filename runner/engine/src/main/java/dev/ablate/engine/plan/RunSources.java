package dev.ablate.engine.plan;

import dev.ablate.engine.catalog.WrittenPlugin;
import java.util.Map;

/** What a run's dataset and trainer are made of, as other processes are sent it. */
public record RunSources(WrittenPlugin dataset, WrittenPlugin trainer) {

    /** Plugins without options. */
    public static RunSources of(String dataset, String trainer) {
        return new RunSources(new WrittenPlugin(dataset, Map.of()), new WrittenPlugin(trainer, Map.of()));
    }
}
