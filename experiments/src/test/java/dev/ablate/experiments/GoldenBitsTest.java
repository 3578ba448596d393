package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.spec.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs are reused for as long as their keys stay, so the figures of a plan stay to the bit for as long as {@link RunKey#RESULTS} does.
 *
 * <p>{@code golden-bits/bits.txt} has the bits of what the runs of some small plans measure and learn in the end, and the number of
 * results that gave them. What a stored model answers is no part of its run.
 *
 * <p>Deeplearning4j adds up as the processor does it best: its bits are held on the processor that the file names, and elsewhere 9 digits.
 */
class GoldenBitsTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden-bits");

    private static final Path BITS = FOLDER.resolve("bits.txt");

    private static final String REFERENCE = "reference";

    private static final double NINE_DIGITS = 1e-9;

    @TempDir
    private Path folder;

    @Test
    void areTheSameForAsLongAsTheNumberOfResults() throws IOException {
        Map<String, String> now = new LinkedHashMap<>();
        now.put("results", Integer.toString(RunKey.RESULTS));
        for (String plan : List.of("classes", "numbers", "layers", "three-classes", REFERENCE)) {
            bits(plan, now);
        }
        String processor = processor();
        now.put("processor", processor);
        Map<String, String> golden = Files.exists(BITS) ? read() : Map.of();
        if (Boolean.getBoolean("golden.write")) {
            write(golden, now);
        }
        assertThat(golden.get("results"))
                .as("%s is of other results: write it again with -Dgolden.write=true", BITS)
                .isEqualTo(Integer.toString(RunKey.RESULTS));
        boolean here = processor.equals(golden.get("processor"));
        List<String> changed = new ArrayList<>();
        golden.forEach((name, value) -> {
            if (!same(name, value, now.getOrDefault(name, "none"), here)) {
                changed.add(name + ": " + value + " -> " + now.getOrDefault(name, "none"));
            }
        });
        assertThat(changed)
                .as(
                        "the same plan gives other figures: raise the number of results (RunKey.RESULTS), so that nobody's stored"
                                + " runs pass for new ones, then write %s again with -Dgolden.write=true",
                        BITS)
                .isEmpty();
        assertThat(now.keySet()).isEqualTo(golden.keySet());
    }

    private static boolean same(String name, String golden, String now, boolean here) {
        if (name.equals("processor")) {
            return true;
        }
        if (here || !name.startsWith(REFERENCE) || golden.equals(now) || !now.matches("[0-9a-f]{16}")) {
            return golden.equals(now);
        }
        double before = number(golden);
        return Math.abs(before - number(now)) <= NINE_DIGITS * Math.max(1, Math.abs(before));
    }

    private void write(Map<String, String> golden, Map<String, String> now) throws IOException {
        Map<String, String> before = new LinkedHashMap<>(golden);
        before.remove("processor");
        Map<String, String> after = new LinkedHashMap<>(now);
        after.remove("processor");
        boolean raised = !Integer.toString(RunKey.RESULTS).equals(golden.get("results"));
        assertThat(raised || before.equals(after))
                .as("figures have changed: raise the number of results (RunKey.RESULTS) first")
                .isTrue();
        Files.writeString(
                BITS,
                now.entrySet().stream()
                        .map(line -> line.getKey() + ": " + line.getValue() + "\n")
                        .collect(Collectors.joining()));
        fail("wrote " + BITS + ": read it, then run again without -Dgolden.write=true");
    }

    private static Map<String, String> read() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(BITS)) {
            String[] parts = line.split(": ", 2);
            lines.put(parts[0], parts[1]);
        }
        return lines;
    }

    private void bits(String plan, Map<String, String> bits) {
        Shell.Result result = shell().run(
                        "run", FOLDER.resolve(plan + ".yaml").toAbsolutePath().toString(), "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        for (JsonElement each : result.json().getAsJsonArray("runs")) {
            JsonObject run = each.getAsJsonObject();
            String name = plan + " " + run.get("variant").getAsString() + " "
                    + run.get("pair").getAsString() + " ";
            bits.put(name + "updates", run.get("updates").getAsString());
            for (String numbers : List.of("metrics", "parameters", "raw_parameters")) {
                if (run.get(numbers).isJsonObject()) {
                    run.getAsJsonObject(numbers)
                            .entrySet()
                            .forEach(number ->
                                    bits.put(name + numbers + " " + number.getKey(), bits(number.getValue())));
                }
            }
        }
    }

    /** A number in a document is the shortest that reads back as the same bits. */
    private static String bits(JsonElement number) {
        return number.isJsonNull() ? "not finite" : "%016x".formatted(Double.doubleToRawLongBits(number.getAsDouble()));
    }

    private static double number(String bits) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    }

    private String processor() {
        try (RunStore store = RunStore.open(shell().home(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))) {
            return store.provenance(store.newest(1).get(0).id())
                    .get("processor")
                    .orElse("unknown");
        }
    }

    private Shell shell() {
        return new Shell(folder, folder.resolve("home"));
    }
}
