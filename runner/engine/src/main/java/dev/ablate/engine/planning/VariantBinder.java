package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.NoRows;
import dev.ablate.engine.plan.SettingLeaves;
import dev.ablate.engine.planning.OpenDatasets.Opened;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.prepare.JoinedRows;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.StopRule;
import dev.ablate.worker.text.Phrases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds a variant in a cell: its trainer and its options, its features and its scaling, all checked against the cell's data. */
final class VariantBinder {

    private final Catalog catalog;
    private final Spec spec;
    private final Metrics metrics;
    private final Optional<StopRule> stop;
    private final Preparing preparing = new Preparing();

    VariantBinder(Catalog catalog, Spec spec, Metrics metrics, Optional<StopRule> stop) {
        this.catalog = catalog;
        this.spec = spec;
        this.metrics = metrics;
        this.stop = stop;
    }

    /**
     * The variant; empty if something is wrong with it, which is reported.
     *
     * @param rows what is to be predicted
     * @param predicted the features of a row to predict
     */
    Optional<VariantPlan> bind(
            Spec.Cell cell,
            Spec.Variant variant,
            Opened dataset,
            Predicted rows,
            Optional<List<String>> predicted,
            Problems problems) {
        Optional<Dataset> data = dataset.data();
        boolean rowless = dataset.isNone();
        Optional<List<String>> features = rowless
                ? NoRows.features(variant)
                : data.flatMap(opened -> new FeatureChoice(opened).of(variant.features(), problems));
        if (!rowless && !spec.predict().isEmpty() && data.isPresent() && predicted.isPresent()) {
            variant.features()
                    .ifPresent(
                            setting -> new FeatureChoice(data.get()).refuseMissing(setting, predicted.get(), problems));
        }
        if (!rowless) {
            data.ifPresent(opened -> DataSettings.check(variant.scale(), opened, problems));
        }
        Optional<Preparation> preparation =
                features.flatMap(names -> preparing.of(cell, variant, data.orElseThrow(), names, problems));
        if (preparation.isPresent() && predicted.isPresent()) {
            rows.refuseMissing(predicted.get(), preparation.get(), problems);
        }
        Optional<Bound<BoundTrainer>> trainer = catalog.trainer(
                variant.trainer(), data.flatMap(opened -> opened.schema().task()), problems);
        trainer.ifPresent(bound -> DeclaredMetrics.check(bound, metrics, problems));
        if (LauncherChoice.isHere(spec)) {
            trainer.ifPresent(bound -> bound.checkMachine(Cautions.folder(spec), problems));
        }
        if (trainer.isPresent() && preparation.isPresent()) {
            if (rowless) {
                checkWithoutRows(trainer.get(), preparation.get(), cell, problems);
            } else {
                checkAgainstData(trainer.get(), preparation.get(), DataSettings.of(variant.scale()), problems);
            }
        }
        Optional<Map<String, String>> trainerLeaves = trainer.flatMap(bound -> bound.keyLeaves(problems));
        Optional<Map<String, String>> further = trainer.flatMap(bound -> further(bound, variant.name(), problems));
        if (preparation.isEmpty()
                || further.isEmpty()
                || trainerLeaves.isEmpty()
                || dataset.keyLeaves().isEmpty()) {
            return Optional.empty();
        }
        ScaleSettings scale = DataSettings.of(variant.scale());
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves.put("results", Integer.toString(RunKey.RESULTS));
        leaves.putAll(dataset.keyLeaves().get());
        leaves.put("dataset.content.sha256", data.orElseThrow().contentHash());
        if (data.orElseThrow().isCoded()) {
            leaves.put("dataset.classes", CanonicalText.texts(data.orElseThrow().classes()));
        }
        leaves.putAll(SettingLeaves.ofFeatures(preparation.get()));
        leaves.putAll(SettingLeaves.of(preparation.get()));
        leaves.putAll(SettingLeaves.of(
                cell.split().map(split -> DataSettings.of(split, data.flatMap(JoinedRows::heldHash)))));
        leaves.putAll(SettingLeaves.of(scale));
        leaves.putAll(trainerLeaves.get());
        leaves.putAll(further.get());
        leaves.putAll(SettingLeaves.ofStop(stop));
        leaves.put("decide.threshold", CanonicalText.number(spec.decide().threshold()));
        leaves.put("decide.tie", Integer.toString(spec.decide().tie()));
        // what is recorded is a part of what a run is
        spec.track().every().ifPresent(every -> leaves.put("track.every", Long.toString(every)));
        leaves.put("track.weights", Boolean.toString(spec.track().weights()));
        return Optional.of(
                new VariantPlan(variant, trainer.orElseThrow(), preparation.get(), scale, further.get(), leaves));
    }

    /** What a variant depends on beside its options, by dotted path; empty if that cannot be said, which is reported. */
    private static Optional<Map<String, String>> further(
            Bound<BoundTrainer> trainer, String variant, Problems problems) {
        try {
            Map<String, String> leaves = new LinkedHashMap<>();
            trainer.component().furtherLeaves(variant).forEach((name, text) -> leaves.put("trainer." + name, text));
            return Optional.of(leaves);
        } catch (PluginException e) {
            problems.add(Problem.error(trainer.pluginAt(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static void checkWithoutRows(
            Bound<BoundTrainer> trainer, Preparation preparation, Spec.Cell cell, Problems problems) {
        try {
            if (trainer.component().needsRows()) {
                problems.add(NoRows.refused(trainer.plugin(), trainer.pluginAt(), NoRows.named(cell)));
            } else {
                trainer.check(preparation.dataset().schema(), problems);
            }
        } catch (PluginException e) {
            problems.add(Problem.error(trainer.pluginAt(), String.valueOf(e.getMessage())));
        }
    }

    private static void checkAgainstData(
            Bound<BoundTrainer> trainer, Preparation preparation, ScaleSettings scale, Problems problems) {
        Problems found = new Problems();
        Dataset data = preparation.dataset();
        if (!fits(trainer, data, problems)) {
            return;
        }
        trainer.check(data.schema().select(preparation.columns()), found);
        found.all().forEach(problems::add);
        if (!found.hasErrors()) {
            TargetRange.check(trainer, data, scale.target(), problems);
        }
    }

    /** Whether models of the trainer answer what the data ask for; what they do not is reported. */
    private static boolean fits(Bound<BoundTrainer> trainer, Dataset data, Problems problems) {
        try {
            if (trainer.component().fits(data.task())) {
                return true;
            }
        } catch (PluginException e) {
            problems.add(Problem.error(trainer.pluginAt(), String.valueOf(e.getMessage())));
            return false;
        }
        String target = switch (data.task()) {
            case BINARY_CLASSIFICATION -> "has two classes (" + String.join(", ", data.classes()) + ")";
            case CLASSES -> "has " + data.classes().size() + " classes (" + Phrases.some(data.classes()) + ")";
            case REGRESSION -> "is any number";
        };
        problems.add(Problem.error(
                        trainer.pluginAt(),
                        "trainer '" + trainer.plugin() + "' does not learn this: the target " + data.target() + " "
                                + target)
                .suggesting("choose another trainer"
                        + (data.task() == Task.CLASSES ? ", or gather the classes into two" : "")));
        return false;
    }
}
