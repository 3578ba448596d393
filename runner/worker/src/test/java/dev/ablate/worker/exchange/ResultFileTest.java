package dev.ablate.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
