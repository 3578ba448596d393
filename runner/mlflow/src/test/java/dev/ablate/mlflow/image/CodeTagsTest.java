package dev.ablate.mlflow.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.runs.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeTagsTest {

    @Test
    void aCommitNeverStandsWithoutTheStateOfTheTree() {
        Provenance dirty = new Provenance(Map.of(
                "host",
                "here",
                "git_commit",
                "c0ffee",
                "git_state",
                "dirty",
                "git_patch_sha256",
                "5ea1",
                "git_patch",
                "text"));
        assertThat(CodeTags.of(dirty))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "mlflow.source.git.commit", "c0ffee",
                        "ablate.git_state", "dirty",
                        "ablate.git_patch_sha256", "5ea1"));
    }

    @Test
    void withoutACommitThereIsNothingToSay() {
        assertThat(CodeTags.of(new Provenance(Map.of("git_state", "unknown")))).isEmpty();
        assertThat(CodeTags.of(Provenance.NONE)).isEmpty();
    }

    @Test
    void codeThatARunWasResumedWithIsNamedToo() {
        Provenance resumed = new Provenance(Map.of(
                "git_commit",
                "c0ffee",
                "git_state",
                "clean",
                "resumed.1.git_state",
                "dirty",
                "resumed.1.host",
                "there"));
        assertThat(CodeTags.of(resumed))
                .containsEntry("mlflow.source.git.commit", "c0ffee")
                .containsEntry("ablate.git_state", "clean")
                .containsEntry("ablate.resumed.1.git_state", "dirty")
                .hasSize(3);
    }

    @Test
    void tagsFitIntoARequestHoweverOftenARunIsResumed() {
        Map<String, String> values = new LinkedHashMap<>(Map.of("git_commit", "0", "git_state", "dirty"));
        for (int time = 1; time <= 200; time++) {
            values.put("resumed." + time + ".git_commit", Integer.toString(time));
        }
        assertThat(CodeTags.of(new Provenance(values)))
                .hasSize(12)
                .containsKey("ablate.resumed.10.git_commit")
                .allSatisfy((name, value) -> assertThat(CodeTags.isOne(name)).isTrue());
    }
}
