package dev.ablate.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.InputFile;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.PrepareSettings;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.SealedValue;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.StopRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunSpecFileTest {

    @TempDir
    private Path folder;

    private static RunSpec spec(
            Optional<SplitSettings> split, Optional<StopRule> stop, Optional<Duration> timeout, OptionalLong every) {
        return new RunSpec(
                "größer/seed=-7",
                new RunKey("ab".repeat(32)),
                -7,
                new PluginSpec(
                        "table",
                        Map.of(
                                "file", new InputFile("inputs/12/rows.csv", "12"),
                                "token", new SealedValue("${env:T}", SealedValue.Form.TEXT, "34"),
                                "map", Map.of("file", List.of("x"), "env", 1L, "deep", Map.of("map", true)))),
                "source \"quoted\"\n",
                List.of("x", "y"),
                new PrepareSettings(
                        new MissingSettings(MissingSettings.Numbers.MEDIAN, true, MissingSettings.Categories.OWN),
                        new EncodeSettings(
                                EncodeSettings.Coding.ORDINAL,
                                true,
                                Map.of("größe", "\"klein\""),
                                0.015,
                                Map.of("größe", List.of("klein", "groß")))),
                split,
                new ScaleSettings(Method.STANDARD, Method.MIN_MAX),
                new PluginSpec(
                        "mlp",
                        Map.of(
                                "rate",
                                0.1,
                                "whole",
                                Long.MIN_VALUE,
                                "even",
                                1.0,
                                "negative_zero",
                                -0.0,
                                "least",
                                Double.MIN_VALUE,
                                "large",
                                1e300,
                                "on",
                                false,
                                "hidden",
                                List.of(3L, 2L),
                                "empty",
                                List.of())),
                new Decision(0.3, 1),
                stop,
                timeout,
                true,
                every,
                List.of("mse", "within_one"),
                "results: 1\ndata: x: y\n",
                Map.of("trainer.rate", "0.1"),
                Map.of("host", "here"));
    }

    static Stream<RunSpec> specs() {
        MeasuredMetric mse = MeasuredMetric.of(Part.TRAIN, "mse");
        return Stream.of(
                spec(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty()),
                spec(
                        Optional.of(new SplitSettings(0.145, SplitSettings.Take.LAST, SplitSettings.Per.EXPERIMENT)),
                        Optional.of(new StopRule.Bound(mse, true, 1e-9, 0)),
                        Optional.of(Duration.ofMillis(1_234)),
                        OptionalLong.of(50)),
                spec(
                        Optional.of(new SplitSettings(0.2, SplitSettings.Take.RANDOM, SplitSettings.Per.SEED)),
                        Optional.of(
                                new StopRule.NoBetter(MeasuredMetric.reported("loss"), Goal.MINIMIZE, 0.5, 20, true)),
                        Optional.empty(),
                        OptionalLong.empty()),
                spec(
                        Optional.of(new SplitSettings(
                                0,
                                0.25,
                                SplitSettings.Take.RANDOM,
                                SplitSettings.Per.SEED,
                                false,
                                Optional.of("family"),
                                Optional.of(new SplitSettings.Fold(3, 5)))),
                        Optional.of(new StopRule.Bound(MeasuredMetric.of(Part.VALIDATION, "mse"), true, 1, 0)),
                        Optional.empty(),
                        OptionalLong.empty()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void readsWhatItWrote(RunSpec spec) {
        Path file = folder.resolve("one.task");
        RunSpecFile.write(spec, file);
        assertThat(RunSpecFile.read(file)).isEqualTo(spec);
        assertThat(RunSpecFile.result(file)).isEqualTo(folder.resolve("one.result"));
    }

    @Test
    void refusesAnyOtherFile() throws Exception {
        Path file = folder.resolve("one.task");
        RunSpecFile.write(specs().findFirst().orElseThrow(), file);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessage(file + " is not a result");
        byte[] whole = Files.readAllBytes(file);
        whole[100] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> RunSpecFile.read(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessage(file + " is cut off or damaged: its checksum does not fit");
        assertThatThrownBy(() -> RunSpecFile.read(folder.resolve("none.task")))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("cannot be read");
    }
}
