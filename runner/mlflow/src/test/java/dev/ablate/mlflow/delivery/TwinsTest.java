package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.mlflow.client.MlflowServer.Run;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinsTest {

    private static final String HERE = "here";
    private static final String THERE = "there";

    @Test
    void theLowestStartWinsThenTheLowestIdAndItsMakerAloneTrashesTheLoser() {
        Run first = run("b", 1, THERE, false);
        Run second = run("a", 2, HERE, false);
        assertDecision(first, List.of(second), HERE, first, second);
        assertDecision(first, List.of(), THERE, first, second);
        assertDecision(run("a", 1, HERE, false), List.of(), HERE, run("a", 1, HERE, false), run("b", 1, THERE, false));
    }

    @Test
    void aVerifiedRunStaysBeforeOneThatIsNot() {
        Run verified = run("b", 2, THERE, true);
        Run other = run("a", 1, HERE, false);
        assertDecision(verified, List.of(other), HERE, verified, other);
        assertDecision(verified, List.of(), THERE, verified, other);
    }

    @Test
    void ofTwoThatAreVerifiedWhoeverLooksTrashesTheLoser() {
        Run winner = run("a", 1, THERE, true);
        Run loser = run("b", 2, HERE, true);
        assertDecision(winner, List.of(loser), HERE, winner, loser);
        assertDecision(winner, List.of(loser), THERE, winner, loser);
        assertDecision(winner, List.of(loser), "a third", winner, loser);
    }

    @Test
    void ofTwoThatOneHomeMadeTheOneThatItKnowsStays() {
        Run twin = run("a", 1, HERE, false);
        Run known = run("b", 2, HERE, false);
        Twins twins =
                Twins.of(List.of(twin, known), run -> true, run -> run.id().equals("b"));
        assertThat(twins.winner()).isEqualTo(known);
        assertThat(twins.trash()).containsExactly(twin);
    }

    @Test
    void whatAnOlderVersionMadeGoesOnceThereIsAVerifiedRun() {
        Run old = run("a", 1, "", false);
        Run verified = run("b", 2, HERE, true);
        assertDecision(verified, List.of(old), HERE, old, verified);
    }

    private static void assertDecision(Run winner, List<Run> trash, String who, Run... alike) {
        for (boolean turned : new boolean[] {false, true}) {
            List<Run> runs = Arrays.asList(alike.clone());
            if (turned) {
                Collections.reverse(runs);
            }
            Twins twins = Twins.of(runs, run -> Twins.writer(run).equals(who), run -> false);
            assertThat(twins.winner()).isEqualTo(winner);
            assertThat(twins.trash()).isEqualTo(trash);
        }
    }

    private static Run run(String id, long start, String writer, boolean verified) {
        Map<String, String> tags = new HashMap<>();
        if (!writer.isEmpty()) {
            tags.put(Twins.WRITER, writer);
        }
        if (verified) {
            tags.put(Twins.VERIFIED, writer);
        }
        return new Run(id, "1", "RUNNING", start, 0, "", true, Map.of(), tags, Map.of(), List.of(), List.of());
    }
}
