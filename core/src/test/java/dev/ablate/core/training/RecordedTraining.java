package dev.ablate.core.training;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.note.RecordedNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A training for tests: it remembers what the trainer reported and asked.
 *
 * <p>Its streams are derived from the seed and the stream's name alone, as a run's are.
 */
public final class RecordedTraining implements Training {

    /**
     * One call of {@link Training#after}.
     *
     * @param update as reported
     * @param total as reported
     * @param parameters of the model as it was then
     * @param predictions of the model as it was then, one an example; of classes one for each, example by example
     */
    public record Call(long update, long total, Map<String, Double> parameters, List<Double> predictions) {}

    /**
     * One call of {@link Training#report}.
     *
     * @param step as reported
     * @param name as reported
     * @param value as reported
     */
    public record Report(long step, String name, double value) {}

    private final Examples examples;
    private final long seed;
    private final List<String> classes;
    private final Decision decision;
    private final long stopAt;
    private Optional<Path> checkpoint;
    private final List<Call> calls = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final Map<String, RandomGenerator> streams = new LinkedHashMap<>();
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private int threads = 1;
    private Optional<Matrix> testRows = Optional.empty();
    private double[] answers = {};
    private final RecordedNotes notes = new RecordedNotes();
    private boolean seedAsked;
    private boolean checkpointAsked;

    /** A training to the end, with {@link Decision#DEFAULT}. */
    public RecordedTraining(Examples examples, long seed) {
        this(examples, seed, List.of(), Decision.DEFAULT, Long.MAX_VALUE, Optional.empty());
    }

    private RecordedTraining(
            Examples examples,
            long seed,
            List<String> classes,
            Decision decision,
            long stopAt,
            Optional<Path> checkpoint) {
        this.examples = examples;
        this.seed = seed;
        this.classes = classes;
        this.decision = decision;
        this.stopAt = stopAt;
        this.checkpoint = checkpoint;
    }

    /** The same from the start, with a target of these classes. */
    public RecordedTraining classes(String... names) {
        return new RecordedTraining(examples, seed, List.of(names), decision, stopAt, checkpoint);
    }

    /** The same from the start, with this decision. */
    public RecordedTraining with(Decision decision) {
        return new RecordedTraining(examples, seed, classes, decision, stopAt, checkpoint);
    }

    /** The same from the start, with {@link #after} false at this update; it throws if another update is made nevertheless. */
    public RecordedTraining stopAt(long update) {
        return new RecordedTraining(examples, seed, classes, decision, update, checkpoint);
    }

    /** The same from the start, with a folder to go on from. */
    public RecordedTraining goingOnFrom(Path folder) {
        return new RecordedTraining(examples, seed, classes, decision, stopAt, Optional.of(folder));
    }

    /** The same from the start, with so many threads. */
    public RecordedTraining threads(int allowed) {
        RecordedTraining other = new RecordedTraining(examples, seed, classes, decision, stopAt, checkpoint);
        other.threads = allowed;
        return other;
    }

    /** The same from the start, with rows that are held back. */
    public RecordedTraining holdingBack(Matrix rows) {
        RecordedTraining other = new RecordedTraining(examples, seed, classes, decision, stopAt, checkpoint);
        other.testRows = Optional.of(rows);
        return other;
    }

    /** What the trainer reported, in order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The values of its own metrics that the trainer reported, in order. */
    public List<Report> reports() {
        return List.copyOf(reports);
    }

    /** The parameters after so many updates. */
    public Map<String, Double> parametersAfter(long updates) {
        return calls.stream()
                .filter(call -> call.update() == updates)
                .findFirst()
                .orElseThrow()
                .parameters();
    }

    /** Names of the streams that the trainer asked for; {@code (seed)} if it asked for the seed itself. */
    public Set<String> streams() {
        Set<String> asked = new HashSet<>(streams.keySet());
        if (seedAsked) {
            asked.add("(seed)");
        }
        return Set.copyOf(asked);
    }

    /** The files that the trainer kept, by their names. */
    public Map<String, byte[]> kept() {
        return Map.copyOf(kept);
    }

    /** Whether the trainer asked for the folder to go on from. */
    public boolean wasAskedForCheckpoint() {
        return checkpointAsked;
    }

    @Override
    public Schema schema() {
        return classes.isEmpty()
                ? Dataset.regression(examples, "target", Map.of(), "").schema()
                : Schemas.classes(examples.features(), classes.toArray(String[]::new));
    }

    @Override
    public Optional<Examples> validation() {
        return Optional.empty();
    }

    @Override
    public Optional<Matrix> testRows() {
        return testRows;
    }

    @Override
    public void answers(long step, double... values) {
        answers = values.clone();
    }

    /** What was answered last for the rows that are held back; empty if nothing was. */
    public double[] answers() {
        return answers.clone();
    }

    @Override
    public String variant() {
        return "variant";
    }

    @Override
    public int slot() {
        return 3;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public long seed() {
        seedAsked = true;
        return seed;
    }

    @Override
    public void keep(Path file) {
        try {
            kept.put(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RecordedNotes notes() {
        return notes;
    }

    @Override
    public Path checkpoint() {
        checkpointAsked = true;
        if (checkpoint.isEmpty()) {
            checkpoint = Optional.of(temporary());
        }
        return checkpoint.get();
    }

    /** A folder that goes with the program. */
    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("checkpoint");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public Examples examples() {
        return examples;
    }

    @Override
    public Decision decision() {
        return decision;
    }

    @Override
    public RandomGenerator random(String stream) {
        return streams.computeIfAbsent(stream, name -> {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            byte[] key = ByteBuffer.allocate(Long.BYTES + bytes.length)
                    .putLong(seed)
                    .put(bytes)
                    .array();
            return new SplittableRandom(UUID.nameUUIDFromBytes(key).getMostSignificantBits());
        });
    }

    @Override
    public boolean after(long update, long total, Model now) {
        if (!calls.isEmpty() && calls.get(calls.size() - 1).update() >= stopAt) {
            throw new AssertionError("update " + update + " was made after after() had returned false at " + stopAt);
        }
        calls.add(new Call(update, total, Map.copyOf(now.parameters()), predictions(now)));
        return update < stopAt;
    }

    @Override
    public void report(long step, String name, double value) {
        reports.add(new Report(step, name, value));
    }

    /** What a model of this training answers to its rows, {@code [n * k]}. */
    public List<Double> predictions(Model model) {
        return predictions(model, examples, schema().outputs());
    }

    /** What a model answers to the rows, {@code [n]}. */
    public static List<Double> predictions(Model model, Examples examples) {
        return predictions(model, examples, 1);
    }

    private static List<Double> predictions(Model model, Examples examples, int outputs) {
        if (model == Model.none()) {
            return List.of();
        }
        double[] answers = new double[examples.size() * outputs];
        model.predict(examples.rows(), answers);
        List<Double> list = new ArrayList<>(answers.length);
        for (double answer : answers) {
            list.add(answer);
        }
        return List.copyOf(list);
    }
}
