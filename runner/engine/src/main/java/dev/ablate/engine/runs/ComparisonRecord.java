package dev.ablate.engine.runs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A comparison as the store knows it: the parent run in MLflow.
 *
 * @param key {@link dev.ablate.engine.plan.Plan#key}
 * @param name its name
 * @param experiment the MLflow experiment it belongs to
 * @param tracked false: {@code track.mlflow: false}, nothing leaves this machine
 * @param created when it was first run
 * @param ended when its last invocation ended; empty while it runs or if it was interrupted
 * @param variants names in the order written
 * @param note Markdown; its first line is the answer; empty until there is one
 * @param members its runs that have begun, of all seeds that it was ever run with: by seed in the order in which they came
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
     * @param seed the seed
     * @param predictions {@code predictions.json}: rows and answers as an MLflow table; empty where there is none
     */
    public record Member(RunRecord run, String variant, String cell, long seed, Optional<String> predictions) {}
}
