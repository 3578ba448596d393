package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.BoundOption;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.SettingLeaves;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.spec.ScaleSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A variant in a cell, resolved.
 *
 * @param spec what was written
 * @param trainer its trainer with its options
 * @param preparation how features become the columns that it trains on
 * @param scale how its columns are scaled
 * @param furtherLeaves what its runs depend on beside its options, by dotted path
 * @param keyLeaves what counts for its runs' keys, by dotted path, without the seed
 */
record VariantPlan(
        Spec.Variant spec,
        Bound<BoundTrainer> trainer,
        Preparation preparation,
        ScaleSettings scale,
        Map<String, String> furtherLeaves,
        Map<String, String> keyLeaves) {

    String name() {
        return spec.name();
    }

    /** The columns that it trains on, in order. */
    List<String> features() {
        return preparation.columns();
    }

    /** The data that it trains on, prepared. */
    Dataset data() {
        return preparation.dataset();
    }

    /** The leaves in which variants can differ, as a person reads them. */
    Map<String, String> shownLeaves() {
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves.putAll(SettingLeaves.ofFeatures(preparation));
        leaves.putAll(SettingLeaves.of(preparation));
        leaves.putAll(SettingLeaves.of(scale));
        leaves.putAll(shown(trainer));
        return leaves;
    }

    /** A plugin and its options by dotted path, as a person reads them. */
    static Map<String, String> shown(Bound<?> bound) {
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves.put(bound.word() + ".plugin", bound.plugin());
        for (BoundOption option : bound.options()) {
            option.leaves(option.text()).forEach((name, text) -> leaves.put(bound.word() + "." + name, text));
        }
        return leaves;
    }
}
