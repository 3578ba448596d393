package dev.ablate.engine;

import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the models of finished runs in the store; trains nothing. */
public final class StoredModels {

    /** What there is to do about a model that cannot be brought back. */
    private static final String AS_IT_WAS =
            "\n    a model needs its data as they were, read from the folder of its spec: there it answers"
                    + "\n    what it learned, and answered then: ";

    private final RunStore store;
    private final Planning planning;
    private final StoredComparisons comparisons;

    StoredModels(RunStore store, Planning planning, StoredComparisons comparisons) {
        this.store = store;
        this.planning = planning;
        this.comparisons = comparisons;
    }

    /**
     * A finished run.
     *
     * @param run what was planned
     * @param record what came of it
     */
    public record Stored(PlannedRun run, RunRecord record) {}

    /**
     * What was found.
     *
     * @param name of the experiment
     * @param features the names of a row's values where they come without names
     * @param models at least one
     * @param remarks which runs have no model, and why
     */
    public record Found(String name, List<String> features, List<Stored> models, List<String> remarks) {
        public Found {
            features = List.copyOf(features);
            models = List.copyOf(models);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The models of an experiment: of its first seed, or of those that were set.
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
            if ((!seeds && run.seed() != plan.seeds().get(0)) || settled.contains(run.group())) {
                continue;
            }
            Optional<RunRecord> record = store.find(run.key());
            if (record.filter(found -> found.status() == RunStatus.FINISHED).isPresent()) {
                models.add(new Stored(run, record.get()));
                if (record.get().deterministic()) {
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
                    + comparisons.withOtherRuns(plan).stream()
                            .map(line -> "\n    " + line)
                            .collect(Collectors.joining()));
        }
        List<String> remarks = lacking.isEmpty()
                ? List.of()
                : List.of("without a model: " + String.join("; ", lacking) + "; to train: " + command);
        // a variant may have a feature that the spec does not name for all
        List<String> features = Stream.concat(
                        plan.features().stream(), models.stream().flatMap(model -> model.run().features().stream()))
                .distinct()
                .toList();
        return new Found(plan.name(), features, models, remarks);
    }

    private static String lacks(Optional<RunRecord> record) {
        return record.map(found -> switch (found.status()) {
                    case FAILED -> found.error().orElse("failed");
                    case RUNNING, KILLED -> "has not come to its end";
                    case FINISHED -> "";
                })
                .orElse("has not been run");
    }

    /**
     * The model of one run.
     *
     * <p>What was planned is not in the store, but the resolved spec of each comparison is: the run is one of its plan, if that still
     * gives the same key, so that data, scaling and trainer are those that it was trained with.
     *
     * @param digits at least 8 of its key
     * @throws RequestException if there is none, or it cannot be brought back
     */
    public Found ofRun(String digits) {
        RunRecord record = Comparer.only(store, digits);
        String name = "run " + record.key().brief();
        if (record.status() != RunStatus.FINISHED) {
            throw new RequestException("there is no model of " + name + ": it is "
                    + record.status().name().toLowerCase(Locale.ROOT) + " after "
                    + Numbers.count(record.updates(), "update"));
        }
        Optional<String> seed = Optional.ofNullable(record.params().get("seed"));
        Overrides overrides = new Overrides(List.of(), seed, Optional.empty());
        String reason = "no comparison that it belongs to has come to its end";
        Optional<ComparisonRecord> shown = Optional.empty();
        for (ComparisonRecord comparison : store.comparisons()) {
            byte[] spec = store.files(comparison.key()).get("spec.yaml");
            Optional<ComparisonRecord.Member> member = comparison.members().stream()
                    .filter(each -> each.run().key().equals(record.key()))
                    .findFirst();
            if (member.isEmpty() || spec == null) {
                continue;
            }
            shown = shown.or(() -> Optional.of(comparison));
            try {
                Plan plan = planning.planStored(new String(spec, StandardCharsets.UTF_8), overrides);
                Optional<PlannedRun> same = plan.runs().stream()
                        .filter(run -> run.key().equals(record.key()))
                        .findFirst();
                if (same.isPresent()) {
                    return new Found(
                            plan.name(), same.get().features(), List.of(new Stored(same.get(), record)), List.of());
                }
                reason = plan.runs().stream()
                        .filter(run -> run.group().equals(member.get().cell()))
                        .findFirst()
                        .map(run -> "it was trained " + comparisons.change(run, record, comparison))
                        .orElse("its spec has no such run any more");
            } catch (SpecException e) {
                // the rest of the sentence is about paths in a file, and this spec is none
                reason = e.problems().get(0).message().replaceFirst("; .*", "") + ", looked for from "
                        + Path.of("").toAbsolutePath();
            }
        }
        throw new RequestException(name + " cannot answer new rows here: " + reason
                + shown.map(comparison -> AS_IT_WAS + comparisons.command(comparison))
                        .orElse("\n    to finish it, run its spec again"));
    }
}
