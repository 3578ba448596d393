package dev.ablate.worker.catalog;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.DependsOnMore;
import dev.ablate.core.option.Warns;
import dev.ablate.core.training.Explains;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.OwnProcesses;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trainer of a plugin, which wakes when this is made. */
final class PluggedTrainer implements BoundTrainer {

    private final Plugged plugged;
    private final Record options;
    private final Trainer<Record> trainer;
    private final List<ReportedMetric> reports;

    /**
     * Makes the trainer.
     *
     * @throws PluginException if it cannot be made, or its options do not say what it reports
     */
    PluggedTrainer(Plugged plugged, Record options) {
        this.plugged = plugged;
        this.options = options;
        this.trainer = trainer(plugged);
        this.reports = reports(plugged, options);
    }

    private static List<ReportedMetric> reports(Plugged plugged, Record options) {
        if (!(options instanceof ReportsMetrics reporting)) {
            return List.of();
        }
        // copied in the call, since a list of a plugin's own is its code
        List<ReportedMetric> declared = plugged.call(
                () -> List.copyOf(new ArrayList<>(reporting.reportedMetrics())),
                e -> new PluginException(
                        plugged.called() + " cannot say which metrics it reports: "
                                + plugged.from().jar().reason(e),
                        e));
        Set<String> names = new HashSet<>();
        for (ReportedMetric metric : declared) {
            if (!names.add(metric.name())) {
                throw plugged.broken("declares the metric " + metric.name() + " twice");
            }
        }
        return declared;
    }

    @Override
    public String plugin() {
        return plugged.entry().name();
    }

    @Override
    public String called() {
        return plugged.called();
    }

    @Override
    public Record options() {
        return options;
    }

    @Override
    public boolean oneAtATime() {
        return plugged.entry().oneAtATime();
    }

    @Override
    public boolean fits(Task task) {
        return plugged.call(() -> trainer.fits(task));
    }

    @Override
    public boolean needsRows() {
        return plugged.call(trainer::needsRows);
    }

    @Override
    public List<ReportedMetric> reports() {
        return reports;
    }

    @Override
    public boolean reportsAll() {
        return options instanceof ReportsMetrics reporting && plugged.call(reporting::areAll);
    }

    @Override
    public boolean ownProcesses() {
        return options instanceof OwnProcesses;
    }

    @Override
    public Map<String, String> furtherLeaves(String variant) {
        // copied in the call, since a map of a plugin's own is its code
        return options instanceof DependsOnMore more
                ? plugged.call(() -> new TreeMap<>(more.furtherLeaves(variant)))
                : Map.of();
    }

    @Override
    public Map<String, String> warnings(Path folder) {
        return options instanceof Warns warning
                ? plugged.call(() -> new TreeMap<>(warning.warnings(folder)))
                : Map.of();
    }

    @Override
    public Model train(Training training) {
        return model(
                plugged.call(() -> trainer.train(options, new Shown(plugged, training)), this::ended),
                "returned no model");
    }

    @Override
    public Model restore(Schema schema, InputStream in) {
        return model(
                plugged.call(
                        () -> trainer.restore(options, schema, in),
                        e -> new PluginException(
                                plugged.called() + " cannot restore its model: "
                                        + plugged.from().jar().reason(e),
                                e)),
                "restored no model");
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
        Optional<Explanation> explained =
                plugged.call(() -> explaining.explain(options, new Shown(plugged, training), update, row), this::ended);
        // a plugin is not compiled with our checks
        if (explained == null) {
            throw plugged.broken("explained update " + update + " with null");
        }
        explained.ifPresent(
                explanation -> requireFit(explanation, training.examples().size()));
        return explained;
    }

    private void requireFit(Explanation explanation, int rows) {
        boolean outside = explanation.rows().isEmpty()
                || explanation.rows().stream().anyMatch(row -> row < 0 || row >= rows)
                || explanation.row().stream().anyMatch(row -> row.index() < 0 || row.index() >= rows);
        int weights = explanation.weights().size();
        boolean astray = explanation.row().stream()
                .flatMap(row -> row.neurons().stream())
                .flatMap(neuron -> neuron.weights().stream())
                .anyMatch(weight -> weight < 0 || weight >= weights);
        if (outside || astray) {
            throw plugged.broken("explained update " + explanation.update() + " by rows or weights that there are not");
        }
    }

    private PluginException ended(Throwable thrown) {
        return new PluginException(
                plugged.called()
                        + (thrown instanceof DataException
                                ? " cannot learn from these rows: " + thrown.getMessage()
                                : " ended with " + plugged.from().jar().reason(thrown)),
                thrown);
    }

    private Model model(@Nullable Model model, String otherwise) {
        if (model == null) {
            throw plugged.broken(otherwise);
        }
        return model == Model.none() ? model : new PluggedModel(plugged, model);
    }

    // Safe: the module's verb took the options record and the trainer of one type, and the options are of that record.
    @SuppressWarnings("unchecked")
    private static Trainer<Record> trainer(Plugged plugged) {
        return (Trainer<Record>) plugged.from().trainer(plugged);
    }

    /** A run's training in the hands of a plugin's trainer: the models that it shows are called as the plugin's code. */
    private static final class Shown extends ForwardingTraining {

        private final Plugged trainer;
        private @Nullable PluggedModel shown;

        Shown(Plugged trainer, Training training) {
            super(training);
            this.trainer = trainer;
        }

        @Override
        public boolean after(long update, long total, Model now) {
            PluggedModel known = shown;
            // mostly one live view of changing weights
            if (now == Model.none()) {
                return super.after(update, total, now);
            }
            if (known == null || known.model() != now) {
                known = new PluggedModel(trainer, now);
                shown = known;
            }
            return super.after(update, total, known);
        }
    }
}
