package dev.ablate.engine;

import dev.ablate.core.training.Decision;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.model.RunModels;
import dev.ablate.engine.plan.GroupNames;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.table.DatasetFormat;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.prepare.RowEncoding.Input;
import dev.ablate.worker.spec.RunKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the models of finished runs in the store; trains nothing. */
public final class StoredModels {

    private final RunStore store;
    private final RunModels runModels;
    private final StoredComparisons comparisons;
    private final StoredTrainers trainers;

    StoredModels(RunStore store, StoredComparisons comparisons, StoredTrainers trainers) {
        this.store = store;
        this.runModels = new RunModels(store);
        this.comparisons = comparisons;
        this.trainers = trainers;
    }

    /**
     * The model of a finished run.
     *
     * @param variant the run's variant
     * @param cell the swept leaves of the run, by path
     * @param pair the run's pair
     * @param key the run
     * @param model what answers
     */
    public record Stored(String variant, Map<String, String> cell, Pair pair, RunKey key, RunModel model) {

        /** Copies the map, keeping its order. */
        public Stored {
            cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
        }
    }

    /**
     * What was found.
     *
     * @param name of the experiment
     * @param inputs what a row's values are where they come without names
     * @param models at least one
     * @param remarks which runs have no model, and why
     * @param dataset how the table is written from which the first has learned
     */
    public record Found(
            String name, RowInputs inputs, List<Stored> models, List<String> remarks, DatasetFormat dataset) {
        public Found {
            models = List.copyOf(models);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The models of an experiment: of its first seed (with folds of its first fold), or of those that were set.
     *
     * @param variants see {@link ChosenRuns}
     * @throws RequestException if there is none
     */
    Found of(Experiment experiment, Collection<String> variants) {
        Overrides overrides = experiment.overrides();
        Plan plan = experiment.plannedOrStored().plan();
        boolean seeds = overrides.seeds().isPresent() || overrides.repeats().isPresent();
        List<Stored> models = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        Set<String> settled = new HashSet<>();
        for (PlannedRun run : ChosenRuns.of(plan, variants)) {
            if ((!seeds && !run.pair().equals(plan.pairs().get(0))) || settled.contains(run.group())) {
                continue;
            }
            Optional<RunRecord> record = store.find(run.key());
            Optional<RunModel> model = record.flatMap(found -> runModels.of(run, found));
            if (model.isPresent()) {
                models.add(new Stored(run.variant(), run.cell(), run.pair(), run.key(), model.get()));
                if (record.orElseThrow().deterministic()) {
                    // it stands for the other seeds
                    settled.add(run.group());
                }
            } else {
                lacking.add(run.label() + " " + lacks(record));
            }
        }
        String command = experiment.invocation().command();
        if (models.isEmpty()) {
            throw new RequestException("there is no model of " + plan.name() + ": " + String.join("; ", lacking)
                    + "\n    to train it: " + command
                    + Stream.concat(comparisons.withOtherRuns(plan).stream(), comparisons.movedOn(plan).stream())
                            .map(line -> "\n    " + line)
                            .collect(Collectors.joining()));
        }
        List<String> remarks = lacking.isEmpty()
                ? List.of()
                : List.of("without a model: " + String.join("; ", lacking) + "; to train: " + command);
        // a variant may have a feature that the spec does not name for all
        List<Input> inputs = Stream.concat(
                        plan.inputs().inputs().stream(),
                        models.stream().flatMap(stored -> stored.model().description().inputs().stream()))
                .distinct()
                .toList();
        refuseDifferent(inputs);
        DatasetFormat dataset =
                DatasetFormat.of(store.find(models.get(0).key()).orElseThrow().params());
        return new Found(plan.name(), new RowInputs(inputs), models, remarks, dataset);
    }

    private static void refuseDifferent(List<Input> inputs) {
        Set<String> names = new HashSet<>();
        for (Input input : inputs) {
            if (!names.add(input.name())) {
                throw new RequestException("the models know different categories of '" + input.name()
                        + "', as their data do: choose one with --variant");
            }
        }
    }

    private static String lacks(Optional<RunRecord> record) {
        return record.map(found -> switch (found.status()) {
                    case FAILED -> found.error().orElse("failed");
                    case QUEUED -> "has not begun";
                    case RUNNING, KILLED -> "has not come to its end";
                    case FINISHED -> "has none";
                })
                .orElse("has not been run");
    }

    /**
     * The model of one run, as it is stored: neither its spec nor its data are needed.
     *
     * @param digits at least 8 of its key
     * @throws RequestException if there is none, or only its trainer can bring it back and is not there
     */
    public Found ofRun(String digits) {
        RunRecord record = Comparer.only(store, digits);
        String name = "run " + record.key().brief();
        if (record.status() != RunStatus.FINISHED) {
            throw new RequestException("there is no model of " + name + ": it is "
                    + record.status().name().toLowerCase(Locale.ROOT) + " after "
                    + Numbers.count(record.updates(), "update"));
        }
        Optional<Member> member = Optional.empty();
        String experiment = name;
        for (ComparisonRecord comparison : store.comparisons()) {
            Optional<Member> found = comparison.members().stream()
                    .filter(each -> each.run().key().equals(record.key()))
                    .findFirst();
            if (found.isPresent()) {
                member = found;
                experiment = comparison.name();
                break;
            }
        }
        TrainedModel description = runModels
                .description(record)
                .map(model -> known(model, record))
                .orElseThrow(
                        () -> new RequestException(
                                "there is no model of " + name
                                        + ": its trainer has none, or an older version of Ablate trained it, and running it again stores it"));
        String variant = member.map(Member::variant).orElse("run");
        Stored stored = new Stored(
                variant,
                member.map(found -> GroupNames.leaves(found.cell(), found.variant(), record.params()))
                        .orElse(Map.of()),
                member.map(Member::pair).orElse(Pair.of(0)),
                record.key(),
                runModels.of(name, record, description, () -> trainers.of(name, record)));
        return new Found(
                experiment,
                new RowInputs(description.inputs()),
                List.of(stored),
                List.of(),
                DatasetFormat.of(record.params()));
    }

    /** With what an older version did not write: that its answers are classes, which have no names then. */
    private static TrainedModel known(TrainedModel model, RunRecord record) {
        boolean classes = record.metrics().keySet().stream().anyMatch(metric -> metric.endsWith("/accuracy"));
        if (!model.classes().isEmpty() || !classes) {
            return model;
        }
        double threshold = Double.parseDouble(record.params().getOrDefault("decide.threshold", "0.5"));
        return model.with(
                List.of("0", "1"), new Decision(threshold, model.decision().tie()));
    }
}
