package dev.ablate.engine.runs;

import dev.ablate.engine.plan.RunKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a comparison: what its parent run shows when all is done.
 *
 * @param note Markdown; its first line is the answer
 * @param sentence the answer
 * @param effects in the order of the report
 * @param files by path: {@code spec.yaml}, {@code report.json}
 * @param predictions by run
 */
public record Published(
        String note,
        String sentence,
        List<StoredEffect> effects,
        Map<String, byte[]> files,
        Map<RunKey, String> predictions) {

    /** Copies the collections, keeping their order. */
    public Published {
        effects = List.copyOf(effects);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        predictions = Map.copyOf(predictions);
    }
}
