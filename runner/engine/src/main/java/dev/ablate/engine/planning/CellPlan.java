package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.spec.SplitSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cell of the sweep, resolved.
 *
 * @param spec what was written
 * @param dataset its dataset with its options
 * @param data the same, opened
 * @param split how rows are held back; with folds as in the first one
 * @param variants all of them, in order
 */
record CellPlan(
        Spec.Cell spec,
        Bound<BoundDataset> dataset,
        Dataset data,
        Optional<SplitSettings> split,
        List<VariantPlan> variants) {

    /** The swept leaves by path, each value in one way only. */
    Map<String, String> leaves() {
        Map<String, String> leaves = new LinkedHashMap<>();
        spec.swept().forEach(setting -> leaves.put(setting.path(), text(setting)));
        return leaves;
    }

    private String text(Setting swept) {
        if (swept.path().equals("data.split.test") && split.isPresent()) {
            return CanonicalText.number(split.get().test());
        }
        if (swept.path().equals("data.split.validation") && split.isPresent()) {
            return CanonicalText.number(split.get().validation());
        }
        return Stream.concat(Stream.of(dataset), variants.stream().map(VariantPlan::trainer))
                .flatMap(bound -> bound.options().stream()
                        .filter(option -> option.setting().isPresent())
                        .flatMap(option -> option.leaves(option.text()).entrySet().stream())
                        .filter(leaf -> swept.path().equals(bound.word() + "." + leaf.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> swept.value().toString());
    }

    /** The swept leaves as written: {@code learning_rate=1e-1}. */
    static String written(Spec.Cell cell) {
        Map<String, String> leaves = new LinkedHashMap<>();
        cell.swept()
                .forEach(setting -> leaves.put(setting.path(), setting.value().toString()));
        return PlannedRun.cellLabel(leaves);
    }
}
