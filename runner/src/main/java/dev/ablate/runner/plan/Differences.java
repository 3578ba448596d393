package dev.ablate.runner.plan;

import dev.ablate.runner.plan.Plan.Difference;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The leaves in which variants differ. */
final class Differences {

    private Differences() {}

    static List<Difference> between(Map<String, Map<String, String>> paramsByVariant) {
        Set<String> paths = new LinkedHashSet<>();
        paramsByVariant.values().forEach(params -> paths.addAll(params.keySet()));
        return paths.stream()
                .map(path -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    paramsByVariant.forEach((variant, params) -> {
                        String value = params.get(path);
                        if (value != null) {
                            values.put(variant, value);
                        }
                    });
                    return new Difference(path, values);
                })
                .filter(difference -> difference.values().size() < paramsByVariant.size()
                        || new HashSet<>(difference.values().values()).size() > 1)
                .toList();
    }
}
