package dev.ablate.launchers.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.option.Refused;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SlurmOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "90s, 1:30, 90",
        "90m, 90:0, 5400",
        "2h, 120:0, 7200",
        "1d, 1440:0, 86400",
        "90, 90, 5400",
        "90:30, 90:30, 5430",
        "2:00:00, 2:00:00, 7200",
        "1-12, 1-12, 129600",
        "1-12:30:15, 1-12:30:15, 131415"
    })
    void haveATimeInPeoplesWordsOrSlurms(String written, String words, long seconds) {
        assertThat(TimeLimit.read(written)).contains(new TimeLimit(words, seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2 h", "0m", "-1", "1:2:3:4"})
    void haveNoOtherTime(String written) {
        assertThat(TimeLimit.read(written)).isEmpty();
    }

    @Test
    void asksATaskToEndAMinuteBeforeOrHalfItsTime() {
        assertThat(TimeLimit.notice(Optional.empty())).isEqualTo(60);
        assertThat(TimeLimit.notice(TimeLimit.read("2h"))).isEqualTo(60);
        assertThat(TimeLimit.notice(TimeLimit.read("1m"))).isEqualTo(30);
    }

    @Test
    void refuseWhatSbatchWouldNotTake() {
        assertThatThrownBy(() -> new SlurmOptions(
                        Optional.empty(),
                        Optional.of("soon"),
                        Optional.of("much"),
                        1,
                        Optional.of("two"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new ChunkSize(OptionalInt.empty()),
                        List.of(),
                        Optional.empty(),
                        List.of("nice")))
                .isInstanceOf(Refused.class)
                .hasMessage("time: must be a time such as 90m, 2h, 1d or 1-12:00:00, got 'soon';"
                        + " memory: must be a size such as 500M or 4G, got 'much';"
                        + " gpus: must be a number such as 1, or a type and a number: a100:1, got 'two';"
                        + " extra: 'nice' is not an option: write it as --name=value");
    }
}
