package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt keeps what it was begun with, whoever looks at it later. */
class ProvenanceTest {

    private static final PlannedRun RUN = SmallPlans.run("bias", 7, Descent.of(10, true));

    private static final Provenance CLEAN =
            new Provenance(Map.of("java", "17", "host", "here", "git_commit", "c0ffee", "git_state", "clean"));

    private static final Provenance DIRTY = new Provenance(Map.of(
            "java",
            "17",
            "git_commit",
            "c0ffee",
            "git_state",
            "dirty",
            "git_patch_sha256",
            "5ea1",
            "git_patch",
            "text"));

    @TempDir
    private Path home;

    private RunStore store;

    @BeforeEach
    void open() {
        store = RunStore.open(home, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private RunLog begin(Provenance provenance) {
        return store.tryBegin(RUN, Set.of(), provenance).orElseThrow();
    }

    @Test
    void isThereAsSoonAsTheAttemptIs() {
        assertThat(store.provenance(1)).isEqualTo(Provenance.NONE);
        RunLog log = begin(CLEAN);
        try (RunStore other = RunStore.open(home, Clock.systemUTC())) {
            assertThat(other.provenance(log.id())).isEqualTo(CLEAN);
        }
        assertThat(List.copyOf(store.provenance(log.id()).values().keySet()))
                .as("in the documented order")
                .containsExactly("java", "host", "git_commit", "git_state");
    }

    @Test
    void anAttemptThatIsResumedKeepsTheFirstAndNotesWhatIsOtherwise() {
        begin(CLEAN).kill(0);
        begin(CLEAN).kill(0);
        assertThat(begin(DIRTY).kill(0).id()).isEqualTo(1);
        Map<String, String> values = store.provenance(1).values();
        assertThat(List.copyOf(values.keySet()))
                .containsExactly(
                        "java",
                        "host",
                        "git_commit",
                        "git_state",
                        "resumed.1.host",
                        "resumed.1.git_state",
                        "resumed.1.git_patch_sha256",
                        "resumed.1.git_patch");
        assertThat(values)
                .containsAllEntriesOf(CLEAN.values())
                .containsEntry("resumed.1.host", "")
                .containsEntry("resumed.1.git_state", "dirty");
        // compared with what it was last trained with
        begin(DIRTY).kill(0);
        assertThat(store.provenance(1).values()).isEqualTo(values);
        begin(CLEAN).finish(true, 10, Map.of());
        assertThat(store.provenance(1).values())
                .containsAllEntriesOf(values)
                .containsEntry("resumed.2.host", "here")
                .containsEntry("resumed.2.git_patch", "");
        assertThat(store.provenance(1).resumptions()).isEqualTo(2);
        assertThat(store.provenance(1).without(Set.of("git_patch")).values())
                .containsKey("resumed.1.git_state")
                .doesNotContainKeys("resumed.1.git_patch", "resumed.2.git_patch");
    }

    @Test
    void whoeverKnowsNothingOfItselfAddsNothing() {
        begin(CLEAN).kill(0);
        begin(Provenance.NONE).kill(0);
        assertThat(store.provenance(1)).isEqualTo(CLEAN);
    }

    @Test
    void aNewAttemptHasItsOwn() {
        begin(CLEAN).finish(true, 10, Map.of());
        RunLog fresh =
                store.tryBegin(RUN, EnumSet.allOf(RunStatus.class), DIRTY).orElseThrow();
        assertThat(store.provenance(fresh.id())).isEqualTo(DIRTY);
        // nobody shows the old one, so it went with all that belonged to it
        assertThat(store.provenance(1)).isEqualTo(Provenance.NONE);
    }

    @Test
    void aComparisonHasThoseOfItsRunsThatHaveBegun() {
        Plan plan = SmallPlans.plan("two", List.of(1L, 2L), Map.of("bias", Descent.of(10, true)));
        store.record(plan, "two");
        assertThat(store.provenances(plan.key())).isEmpty();
        store.tryBegin(plan.runs().get(1), Set.of(), CLEAN);
        begin(DIRTY);
        assertThat(store.provenances(plan.key())).containsExactly(CLEAN);
        store.tryBegin(plan.runs().get(0), Set.of(), DIRTY);
        assertThat(store.provenances(plan.key())).containsExactly(CLEAN, DIRTY);
    }
}
