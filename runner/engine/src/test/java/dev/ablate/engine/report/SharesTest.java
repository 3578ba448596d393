package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final List<String> CLASSES = List.of("ice", "steam", "water");

    @Test
    void areMeansOverRuns() {
        Shares shares = Shares.of(CLASSES, List.of(List.of(0.1, 0.2, 0.7), List.of(0.3, 0.4, 0.3)));
        assertThat(shares.shown()).isEqualTo("water (0.5)");
        assertThat(shares.inWords()).isEqualTo("answers water (0.5)");
        assertThat(shares.isTie()).isFalse();
    }

    @Test
    void ofTwoThatAreEqualUpToRoundingDecideNothing() {
        Shares shares = new Shares(CLASSES, List.of(0.2, 0.4, 0.4 + 1e-15));
        assertThat(shares.isTie()).isTrue();
        assertThat(shares.shown()).isEqualTo("steam (0.4, a tie)");
        assertThat(shares.inWords())
                .isEqualTo("answers steam and water alike (0.4), a tie, which decides nothing (it counts as steam)");
        assertThat(new Shares(CLASSES, List.of(1 / 3.0, 1 / 3.0, 1 / 3.0)).inWords())
                .startsWith("answers ice, steam and water alike (0.333), a tie");
    }
}
