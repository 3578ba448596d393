package dev.ablate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of variants, cells and runs, as people type them. */
class GroupNamesTest {

    private static final List<String> NAMES = List.of(
            "bias",
            "2.0",
            "bias/learning_rate=2.0",
            "bias/learning_rate=20.0",
            "bias/learning_rate=1.0E-5, epochs=100",
            "bias/learning_rate=1.0E-5, epochs=100/seed=3",
            "bias/hidden=[16, 8]",
            "a2/set=d2.0");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bias | bias",
                "bias/learning_rate=2.0 | bias/learning_rate=2.0",
                "bias/learning_rate=2 | bias/learning_rate=2.0",
                "bias/learning_rate=2. | bias/learning_rate=2.0",
                "bias/learning_rate=+2e0 | bias/learning_rate=2.0",
                "bias/learning_rate=20 | bias/learning_rate=20.0",
                "bias/learning_rate=0.00001, epochs=100 | bias/learning_rate=1.0E-5, epochs=100",
                "bias/learning_rate=1e-5,epochs=100 | bias/learning_rate=1.0E-5, epochs=100",
                "bias/learning_rate=1e-05, epochs=1e2/seed=3 | bias/learning_rate=1.0E-5, epochs=100/seed=3",
                "bias/hidden=[16,8] | bias/hidden=[16, 8]",
                "bias/learning_rate=2.1 | ",
                "bias/learning_rate=2e999999999 | ",
                "bias/learning_rate= | ",
                "2 | ",
                "a2/set=d2 | "
            })
    void numbersMayBeWrittenInAnyWay(String typed, String meant) {
        assertThat(GroupNames.find(typed, NAMES).orElse(null)).isEqualTo(meant);
    }

    @Test
    void findsTheLeavesOfAGroupAmongWhatTheRunDependsOn() {
        Map<String, String> params = Map.of(
                "trainer.learning_rate", "0.1",
                "trainer.hidden", "[4, 2]",
                "data.split.test", "0.2",
                "dataset.test", "0.2",
                "trainer.epochs", "10");
        assertThat(GroupNames.leaves("bias/learning_rate=0.1, hidden=[4, 2]", "bias", params))
                .isEqualTo(Map.of("trainer.learning_rate", "0.1", "trainer.hidden", "[4, 2]"));
        assertThat(GroupNames.leaves("a/b/data.split.test=0.2, epochs=10", "a/b", params))
                .isEqualTo(Map.of("data.split.test", "0.2", "trainer.epochs", "10"));
        assertThat(GroupNames.leaves("bias", "bias", params)).isEmpty();
    }
}
