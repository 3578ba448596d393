package dev.ablate.worker.exchange;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of a result: JSON for what has a name, raw arrays for numbers, highest byte first.
 *
 * <p>Its parts are the parameters' values, then of each series steps, values and times, then the files.
 */
public final class ResultFile {

    private static final int FORMAT = 1;
    private static final String KIND = "ablate_result";

    private ResultFile() {}

    /**
     * Writes a result, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if that is not possible
     */
    public static void write(RunResult result, Path file) {
        JsonObject header = new JsonObject();
        header.addProperty(KIND, FORMAT);
        header.addProperty("key", result.key());
        header.addProperty("leaves", result.leaves());
        header.addProperty("status", result.status().name());
        result.error().ifPresent(error -> header.addProperty("error", error));
        header.addProperty("deterministic", result.deterministic());
        header.addProperty("started", result.started().toEpochMilli());
        header.addProperty("ended", result.ended().toEpochMilli());
        header.addProperty("updates", result.updates());
        header.addProperty("stopped", result.stopped());
        header.addProperty("train_rows", result.trainRows());
        header.addProperty("test_rows", result.testRows());
        header.add("parameters", PlainJson.texts(List.copyOf(result.parameters().keySet())));
        header.add(
                "series",
                PlainJson.texts(result.series().stream().map(Series::name).toList()));
        header.add("files", PlainJson.texts(List.copyOf(result.files().keySet())));
        header.add("provenance", PlainJson.texts(result.provenance()));
        header.addProperty("log", result.log());

        List<byte[]> parts = new ArrayList<>();
        parts.add(bytes(result.parameters().values().stream()
                .mapToLong(Double::doubleToRawLongBits)
                .toArray()));
        for (Series series : result.series()) {
            parts.add(bytes(series.steps()));
            long[] bits = new long[series.values().length];
            for (int k = 0; k < bits.length; k++) {
                bits[k] = Double.doubleToRawLongBits(series.values()[k]);
            }
            parts.add(bytes(bits));
            parts.add(bytes(series.times()));
        }
        parts.addAll(result.files().values());
        new SealedFile(header, parts).write(file);
    }

    /**
     * Reads a result.
     *
     * @throws ExchangeException if it is missing, not a result, of another version, cut off or damaged
     */
    public static RunResult read(Path file) {
        return SealedFile.read(file, KIND, FORMAT, "result", ResultFile::result);
    }

    private static RunResult result(JsonObject header, List<byte[]> parts) {
        int at = 0;
        Map<String, Double> parameters = new LinkedHashMap<>();
        long[] numbers = longs(parts.get(at++));
        List<String> names = PlainJson.texts(header.getAsJsonArray("parameters"));
        for (int k = 0; k < names.size(); k++) {
            parameters.put(names.get(k), Double.longBitsToDouble(numbers[k]));
        }
        List<Series> series = new ArrayList<>();
        for (String name : PlainJson.texts(header.getAsJsonArray("series"))) {
            long[] steps = longs(parts.get(at++));
            long[] bits = longs(parts.get(at++));
            double[] values = new double[bits.length];
            for (int k = 0; k < bits.length; k++) {
                values[k] = Double.longBitsToDouble(bits[k]);
            }
            series.add(new Series(name, steps, values, longs(parts.get(at++))));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String path : PlainJson.texts(header.getAsJsonArray("files"))) {
            files.put(path, parts.get(at++));
        }
        return new RunResult(
                header.get("key").getAsString(),
                header.get("leaves").getAsString(),
                Status.valueOf(header.get("status").getAsString()),
                Optional.ofNullable(header.get("error")).map(JsonElement::getAsString),
                header.get("deterministic").getAsBoolean(),
                Instant.ofEpochMilli(header.get("started").getAsLong()),
                Instant.ofEpochMilli(header.get("ended").getAsLong()),
                header.get("updates").getAsLong(),
                header.get("stopped").getAsBoolean(),
                header.get("train_rows").getAsInt(),
                header.get("test_rows").getAsInt(),
                parameters,
                series,
                files,
                PlainJson.texts(header.getAsJsonObject("provenance")),
                header.get("log").getAsString());
    }

    private static byte[] bytes(long[] numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Long.BYTES));
        buffer.asLongBuffer().put(numbers);
        return buffer.array();
    }

    private static long[] longs(byte[] bytes) {
        if (bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes do not make whole numbers");
        }
        long[] numbers = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
        return numbers;
    }
}
