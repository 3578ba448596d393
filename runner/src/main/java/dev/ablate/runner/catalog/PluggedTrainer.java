package dev.ablate.runner.catalog;

import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Explains;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A trainer of a plugin, which wakes when this is made. What training throws passes, as the run tells it. */
final class PluggedTrainer implements BoundTrainer {

    private final Plugin from;
    private final PluginEntry entry;
    private final Record options;
    private final Decision decision;
    private final Trainer<Record> trainer;

    /**
     * Makes the trainer.
     *
     * @throws PluginException if it cannot be made
     */
    PluggedTrainer(Plugin from, PluginEntry entry, Record options, Decision decision) {
        this.from = from;
        this.entry = entry;
        this.options = options;
        this.decision = decision;
        this.trainer = trainer(from, entry);
    }

    @Override
    public String plugin() {
        return entry.name();
    }

    @Override
    public Record options() {
        return options;
    }

    @Override
    public boolean oneAtATime() {
        return entry.oneAtATime();
    }

    @Override
    public Model train(Training training) {
        return call(() -> trainer.train(options, training));
    }

    @Override
    public Model restore(List<String> features, Map<String, Double> parameters) {
        return call(() -> trainer.restore(options, features, parameters, decision));
    }

    @Override
    public boolean explains() {
        return trainer instanceof Explains<?>;
    }

    @Override
    public Optional<Explanation> explain(Training training, long update, int row) {
        if (!(trainer instanceof Explains<Record> explaining)) {
            throw new UnsupportedOperationException(plugin());
        }
        return call(() -> explaining.explain(options, training, update, row));
    }

    private <T> T call(Supplier<T> call) {
        try {
            return from.call(call);
        } catch (LinkageError e) {
            throw from.failed(entry, e);
        }
    }

    // Safe: the module's verb took the options record and the trainer of one type, and the options are of that record.
    @SuppressWarnings("unchecked")
    private static Trainer<Record> trainer(Plugin from, PluginEntry entry) {
        return (Trainer<Record>) from.trainer(entry);
    }
}
