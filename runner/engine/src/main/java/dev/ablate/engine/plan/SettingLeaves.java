package dev.ablate.engine.plan;

import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.StopRule;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings as leaves of a spec, each value in one way only: for keys and for what is logged. What is not set has no leaves, so
 * that a run stays the same run whatever else could be set.
 */
public final class SettingLeaves {

    private SettingLeaves() {}

    public static Map<String, String> of(Optional<SplitSettings> split) {
        Map<String, String> leaves = new LinkedHashMap<>();
        split.ifPresent(settings -> {
            leaves.put("data.split.test", CanonicalText.number(settings.test()));
            leaves.put("data.split.take", word(settings.take()));
            if (settings.take() == SplitSettings.Take.RANDOM) {
                leaves.put("data.split.per", word(settings.per()));
            }
        });
        return leaves;
    }

    public static Map<String, String> of(ScaleSettings scale) {
        Map<String, String> leaves = new LinkedHashMap<>();
        if (!scale.equals(ScaleSettings.NONE)) {
            leaves.put("data.scale.features", word(scale.features()));
            leaves.put("data.scale.target", word(scale.target()));
        }
        return leaves;
    }

    public static Map<String, String> ofStop(Optional<StopRule> stop) {
        Map<String, String> leaves = new LinkedHashMap<>();
        stop.ifPresent(rule -> {
            leaves.put("stop.when", rule.when().toString());
            if (rule instanceof StopRule.Bound bound) {
                leaves.put(bound.below() ? "stop.below" : "stop.above", CanonicalText.number(bound.bound()));
                leaves.put("stop.for", Long.toString(bound.updates()));
            } else if (rule instanceof StopRule.NoBetter better) {
                leaves.put("stop.no_better_for", Long.toString(better.updates()));
                leaves.put("stop.min_delta", CanonicalText.number(better.minDelta()));
            }
        });
        return leaves;
    }

    /** {@code min-max}: the word in a spec. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
