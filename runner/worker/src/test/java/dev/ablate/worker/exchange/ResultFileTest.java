package dev.ablate.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

    @TempDir
    private Path folder;

    private static RunResult result() {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("größe", -0.0);
        parameters.put("bias", Double.NaN);
        parameters.put("a", Double.MIN_VALUE);
        return new RunResult(
                "ab".repeat(32),
                "seed: 1\ntrainer.plugin: perceptron\n",
                Status.FAILED,
                Optional.of("failed \"here\"\n"),
                true,
                Instant.ofEpochMilli(1_000),
                Instant.ofEpochMilli(2_000),
                Long.MAX_VALUE,
                true,
                3,
                1,
                parameters,
                List.of(
                        new Series("train/mse", new long[] {0, 5}, new double[] {0.1, -1e300}, new long[] {7, 8}),
                        new Series("test/mse", new long[0], new double[0], new long[0])),
                Map.of("kept/x", new byte[] {0, -1, 1}),
                List.of(
                        new LoggedNote("run", Kind.METRIC, "val/loss", -3, 1_700_000_000_000L, "NaN"),
                        new LoggedNote("ab", Kind.TAG, "größe", 0, 0, "a \"b\"\n")),
                Map.of("java", "17", "host", "a \"b\""),
                "line\n");
    }

    /** Whoever reads the one before reads all of it. */
    @Test
    void takesThePlaceOfAnotherInOneStep() throws IOException {
        Path file = folder.resolve("a.result");
        ResultSink sink = new ResultSink(Clock.systemUTC(), () -> folder);
        ResultFile.write(sink.result("ab".repeat(32), "", RunEnding.killed(1), Map.of(), "x".repeat(100_000)), file);
        byte[] before = Files.readAllBytes(file);
        try (InputStream reading = Files.newInputStream(file)) {
            byte[] half = reading.readNBytes(before.length / 2);
            ResultFile.write(result(), file);
            byte[] rest = reading.readAllBytes();
            assertThat(half.length + rest.length).isEqualTo(before.length);
            assertThat(rest).isEqualTo(Arrays.copyOfRange(before, half.length, before.length));
        }
        assertThat(ResultFile.read(file).updates()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void goesOnWithWhatAnAttemptHasMeasured() {
        ResultSink first = new ResultSink(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> folder);
        first.points(0, Map.of("train/mse", 0.1));
        first.points(5, Map.of("train/mse", 0.2));
        first.file("kept/x", new byte[] {1});
        LoggedNote note = new LoggedNote("run", Kind.TAG, "size", 0, 0, "small");
        first.logged(List.of(note), Map.of("logged/run/a.txt", new byte[] {2}));
        RunResult before = first.result("ab".repeat(32), "", RunEnding.killed(5), Map.of(), "");

        ResultSink sink = new ResultSink(Clock.systemUTC(), () -> folder, Optional.of(before));
        sink.points(5, Map.of("train/mse", 42.0));
        sink.points(6, Map.of("train/mse", 0.5));
        RunResult more = sink.result("ab".repeat(32), "", RunEnding.killed(6), Map.of(), "");
        assertThat(more.started()).isEqualTo(Instant.EPOCH);
        assertThat(more.notes()).containsExactly(note);
        assertThat(more.files()).as("what it keeps it keeps at its end").containsOnlyKeys("logged/run/a.txt");
        assertThat(more.series()).hasSize(1);
        assertThat(more.series().get(0).steps()).containsExactly(0, 5, 6);
        assertThat(more.series().get(0).values()).containsExactly(0.1, 0.2, 0.5);
    }

    private Path written() {
        Path file = folder.resolve("a.result");
        ResultFile.write(result(), file);
        return file;
    }

    @Test
    void comesBackToTheBit() {
        RunResult read = ResultFile.read(written());
        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType(
                        (one, other) -> Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other),
                        Double.class)
                .isEqualTo(result());
        assertThat(List.copyOf(read.parameters().keySet())).containsExactly("größe", "bias", "a");
    }

    @Test
    void replacesAnOlderFileAndLeavesNothingElse() throws IOException {
        Path file = written();
        assertThat(written()).isEqualTo(file);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isRefusedWhereverItIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path cut = folder.resolve("cut.result");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ResultFile.read(cut))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageContaining("cut.result");
        }
    }

    @Test
    void isRefusedWhereverABitIsChanged() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path changed = folder.resolve("changed.result");
        for (int at = 0; at < whole.length; at += 5) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 1;
            Files.write(changed, bytes);
            assertThatThrownBy(() -> ResultFile.read(changed))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageContaining("changed.result");
        }
    }

    @Test
    void refusesWhatIsNotAResult() {
        Path file = folder.resolve("other");
        new SealedFile(new JsonObject(), List.of()).write(file, true);
        assertThatThrownBy(() -> ResultFile.read(file)).hasMessage(file + " is not a result");
        JsonObject newer = new JsonObject();
        newer.addProperty("ablate_result", 2);
        new SealedFile(newer, List.of()).write(file, true);
        assertThatThrownBy(() -> ResultFile.read(file))
                .hasMessage(file + " is a result of format 2, and this version of Ablate reads 1");
        JsonObject empty = new JsonObject();
        empty.addProperty("ablate_result", 1);
        new SealedFile(empty, List.of()).write(file, true);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageStartingWith(file + " does not hold what a result holds");
        assertThatThrownBy(() -> ResultFile.read(folder.resolve("none")))
                .isInstanceOf(ExchangeException.class)
                .hasMessageStartingWith(folder.resolve("none") + " cannot be read");
    }
}
