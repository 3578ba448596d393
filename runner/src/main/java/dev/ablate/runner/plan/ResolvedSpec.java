package dev.ablate.runner.plan;

import dev.ablate.runner.catalog.Bound;
import dev.ablate.runner.catalog.BoundDataset;
import dev.ablate.runner.catalog.BoundOption;
import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.spec.Rendering;
import dev.ablate.runner.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A spec with every default written out: it reads back as the same runs. */
final class ResolvedSpec {

    private ResolvedSpec() {}

    static Rendering render(
            Spec spec,
            Bound<BoundDataset> dataset,
            List<PlannedVariant> variants,
            String baseline,
            List<ComparedMetric> metrics) {
        Rendering rendering = Rendering.of(spec);
        for (BoundOption option : dataset.options()) {
            rendering.addDefault("dataset." + option.name(), option.text());
        }
        trainerDefaults(variants).forEach(rendering::addDefault);
        rendering.addDefault(
                "seeds", spec.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
        rendering.addDefault(
                "decide.threshold", CanonicalText.number(spec.decide().threshold()));
        rendering.addDefault("decide.tie", Integer.toString(spec.decide().tie()));
        if (variants.size() > 1) {
            rendering.addDefault(
                    "compare.baseline", CanonicalText.texts(List.of(baseline)).replaceAll("^\\[|]$", ""));
        }
        if (!metrics.isEmpty()) {
            rendering.addDefault("compare.primary", metrics.get(0).metric().toString());
        }
        return rendering;
    }

    /** Defaults that hold for all variants stand in the trainer's block, the others with their variant. */
    private static Map<List<String>, String> trainerDefaults(List<PlannedVariant> variants) {
        Map<List<String>, String> defaults = new LinkedHashMap<>();
        List<Map<String, String>> byVariant = new ArrayList<>();
        for (PlannedVariant variant : variants) {
            Map<String, String> ungiven = new LinkedHashMap<>();
            variant.trainer().options().stream()
                    .filter(option -> option.setting().isEmpty())
                    .forEach(option -> ungiven.put(option.name(), option.text()));
            byVariant.add(ungiven);
        }
        boolean onePlugin = variants.stream()
                        .map(variant -> variant.trainer().plugin())
                        .distinct()
                        .count()
                == 1;
        for (int i = 0; i < variants.size(); i++) {
            for (Map.Entry<String, String> option : byVariant.get(i).entrySet()) {
                boolean shared = onePlugin
                        && byVariant.stream()
                                .allMatch(other -> Optional.ofNullable(other.get(option.getKey()))
                                        .equals(Optional.of(option.getValue())));
                List<String> keys = shared
                        ? List.of("trainer", option.getKey())
                        : List.of("variants", variants.get(i).name(), "trainer." + option.getKey());
                defaults.put(keys, option.getValue());
            }
        }
        return defaults;
    }
}
