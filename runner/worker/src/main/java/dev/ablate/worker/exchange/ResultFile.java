package dev.ablate.worker.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.worker.exchange.LoggedNote.Kind;
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
    private static final String NOTES = "notes";

    private ResultFile() {}

    /**
     * Writes a result, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if that is not possible
     */
    public static void write(RunResult result, Path file) {
        sealed(result).write(file, true);
    }

    /** What the file of a result holds. */
    public static byte[] bytes(RunResult result) {
        return sealed(result).bytes();
    }

    private static SealedFile sealed(RunResult result) {
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
        if (!result.notes().isEmpty()) {
            header.add(NOTES, notes(result.notes()));
        }
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
        return new SealedFile(header, parts);
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
                header.has(NOTES) ? notes(header.getAsJsonArray(NOTES)) : List.of(),
                PlainJson.texts(header.getAsJsonObject("provenance")),
                header.get("log").getAsString());
    }

    private static JsonArray notes(List<LoggedNote> notes) {
        JsonArray array = new JsonArray();
        for (LoggedNote note : notes) {
            JsonArray one = new JsonArray();
            one.add(note.run());
            one.add(note.kind().name());
            one.add(note.name());
            one.add(note.step());
            one.add(note.time());
            one.add(note.value());
            array.add(one);
        }
        return array;
    }

    private static List<LoggedNote> notes(JsonArray array) {
        List<LoggedNote> notes = new ArrayList<>();
        for (JsonElement element : array) {
            JsonArray one = element.getAsJsonArray();
            notes.add(new LoggedNote(
                    one.get(0).getAsString(),
                    Kind.valueOf(one.get(1).getAsString()),
                    one.get(2).getAsString(),
                    one.get(3).getAsLong(),
                    one.get(4).getAsLong(),
                    one.get(5).getAsString()));
        }
        return notes;
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
