package dev.ablate.engine.caution;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns so large that an activation with two limits has reached one of them in every row.
 *
 * <p>It has no slope left there to learn by, and nothing else shows it: the errors are finite, and variants come out alike.
 */
final class Saturation {

    /** With a weight of 1, sigmoid and tanh of more than this are 1 to the last digit. */
    private static final double LIMIT = 100;

    private static final Set<String> LIMITED = Set.of("sigmoid", "tanh");

    private Saturation() {}

    private record Columns(Dataset data, List<String> features) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Columns that && data.equals(that.data) && features.equals(that.features);
        }

        @Override
        public int hashCode() {
            return Objects.hash(data, features);
        }
    }

    /** A caution for each set of columns and activation, with the variants that it is about if these are not all. */
    static List<Caution> of(List<PlannedRun> planned) {
        Map<Columns, String> reaching = new HashMap<>();
        Map<String, Set<String>> variants = new LinkedHashMap<>();
        for (PlannedRun run : planned) {
            Optional<String> activation = activation(run);
            if (activation.isPresent() && run.scale().features() == Method.NONE) {
                String columns =
                        reaching.computeIfAbsent(new Columns(run.dataset(), run.features()), Saturation::large);
                if (!columns.isEmpty()) {
                    variants.computeIfAbsent(
                                    columns + ": " + activation.get()
                                            + " is flat there, so that little or nothing is learned",
                                    none -> new LinkedHashSet<>())
                            .add(run.variant());
                }
            }
        }
        long all = planned.stream().map(PlannedRun::variant).distinct().count();
        List<Caution> cautions = new ArrayList<>();
        variants.forEach((what, having) -> cautions.add(new Caution(
                what
                        + (having.size() == all
                                ? ""
                                : " in variant" + (having.size() == 1 ? " " : "s ") + String.join(", ", having)),
                "write data: { scale: { features: standard } }")));
        return cautions;
    }

    /** What a run's options name of the kind, where it is trained. */
    private static Optional<String> activation(PlannedRun run) {
        boolean untrained = "0".equals(run.params().get("trainer.epochs"))
                || "0".equals(run.params().get("trainer.updates"));
        String named = run.params().entrySet().stream()
                .filter(option -> option.getKey().startsWith("trainer.") && LIMITED.contains(option.getValue()))
                .map(Map.Entry::getValue)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return untrained || named.isEmpty() ? Optional.empty() : Optional.of(named);
    }

    /** {@code 'income' reaches 1e10 and is not scaled}; empty if no column is so large. */
    private static String large(Columns columns) {
        Examples examples = columns.data().examples().select(columns.features());
        double[] most = new double[examples.width()];
        for (int row = 0; row < examples.size(); row++) {
            for (int column = 0; column < most.length; column++) {
                double value = examples.rows().value(row, column);
                most[column] = Math.abs(value) > Math.abs(most[column]) ? value : most[column];
            }
        }
        int largest = 0;
        int more = -1;
        for (int column = 0; column < most.length; column++) {
            more += Math.abs(most[column]) > LIMIT ? 1 : 0;
            largest = Math.abs(most[column]) > Math.abs(most[largest]) ? column : largest;
        }
        if (more < 0) {
            return "";
        }
        return "'" + columns.features().get(largest) + "' reaches " + Phrases.brief(most[largest])
                + " and is not scaled"
                + (more == 0
                        ? ""
                        : ", nor " + (more == 1 ? "is 1 more large column" : "are " + more + " more large columns"));
    }
}
