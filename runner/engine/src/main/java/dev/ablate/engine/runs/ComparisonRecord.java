package dev.ablate.engine.runs;

import dev.ablate.engine.plan.Pair;
import dev.ablate.worker.spec.RunKey;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison as the store knows it: the parent run where it is delivered.
 *
 * @param key {@link dev.ablate.engine.plan.Plan#key}
 * @param name its name
 * @param experiment the experiment that it is filed under where it is delivered
 * @param tracked false: nothing leaves this machine
 * @param created when it was first run
 * @param ended when its last invocation ended; empty while it runs or if it was interrupted
 * @param variants names in the order written
 * @param note Markdown; its first line is the answer; empty until there is one
 * @param sentence the answer, as it was when the comparison ended; empty until there is one
 * @param members its runs that have begun, of all seeds that it was ever run with: by pair in the order in which they came
 *     in, then by variant
 */
public record ComparisonRecord(
        String key,
        String name,
        String experiment,
        boolean tracked,
        Instant created,
        Optional<Instant> ended,
        List<String> variants,
        String note,
        String sentence,
        List<Member> members) {

    /** Copies the lists. */
    public ComparisonRecord {
        variants = List.copyOf(variants);
        members = List.copyOf(members);
    }

    /**
     * A run as part of a comparison.
     *
     * @param run the current attempt
     * @param variant the variant's name in this comparison
     * @param cell the group: variant, and the swept leaves
     * @param pair what it shares with the runs that it is compared with
     * @param predictions {@code predictions.json}: rows and answers as a table; empty where there is none
     */
    public record Member(RunRecord run, String variant, String cell, Pair pair, Optional<String> predictions) {}

    /**
     * What came of a comparison: what its parent run shows when all is done.
     *
     * @param note Markdown; its first line is the answer
     * @param sentence the answer
     * @param effects in the order of the report
     * @param files by path: {@code spec.yaml}, {@code report.json}
     * @param predictions by run
     * @param inputs a hash of all that it is made of; empty where that is not known
     */
    public record Published(
            String note,
            String sentence,
            List<StoredEffect> effects,
            Map<String, byte[]> files,
            Map<RunKey, String> predictions,
            String inputs) {

        /** Of which it is not known what all it is made of. */
        public Published(
                String note,
                String sentence,
                List<StoredEffect> effects,
                Map<String, byte[]> files,
                Map<RunKey, String> predictions) {
            this(note, sentence, effects, files, predictions, "");
        }

        /** Copies the collections, keeping their order. */
        public Published {
            effects = List.copyOf(effects);
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
            predictions = Map.copyOf(predictions);
        }
    }
}
