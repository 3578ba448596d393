package dev.ablate.mlflow.image;

import dev.ablate.engine.runs.Provenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which code a run was trained with, in tags: a commit never stands there without the state of the tree. */
final class CodeTags {

    /** MLflow's own, which its pages show. */
    private static final String COMMIT = "mlflow.source.git.commit";

    private static final String PREFIX = "ablate.";

    /** A request takes 100 tags. */
    private static final int MOST_RESUMPTIONS = 10;

    private CodeTags() {}

    static Map<String, String> of(Provenance provenance) {
        Map<String, String> tags = new LinkedHashMap<>();
        provenance.get(Provenance.GIT_COMMIT).ifPresent(commit -> {
            tags.put(COMMIT, commit);
            put(tags, provenance, Provenance.GIT_STATE);
            put(tags, provenance, Provenance.GIT_PATCH_SHA256);
        });
        for (int time = 1; time <= Math.min(provenance.resumptions(), MOST_RESUMPTIONS); time++) {
            for (String name : List.of(Provenance.GIT_COMMIT, Provenance.GIT_STATE, Provenance.GIT_PATCH_SHA256)) {
                put(tags, provenance, Provenance.resumed(time, name));
            }
        }
        return tags;
    }

    /** Whether a tag of a name is one of these. */
    static boolean isOne(String tag) {
        return tag.equals(COMMIT) || tag.startsWith(PREFIX + "git_") || tag.startsWith(PREFIX + "resumed.");
    }

    private static void put(Map<String, String> tags, Provenance provenance, String name) {
        provenance.get(name).ifPresent(value -> tags.put(PREFIX + name, value));
    }
}
